import * as z from 'zod'
import { type Infer, lazy } from '../lazy.ts'
import { Link } from '../links.ts'

/** The types of entitlements, as replies and queries name them. */
export const entitlementTypes = ['software', 'reservedinstance'] as const
export type EntitlementType = (typeof entitlementTypes)[number]

const Artifact = lazy(() =>
  z
    .strictObject({
      link: Link().meta({ description: 'Link to the reservations.' }),
      resourceId: z.string().meta({ description: 'Id of the artifact.' }),
      artifactType: z.literal('reservedinstance').meta({ description: 'Type of the artifact.' }),
    })
    .meta({ description: 'A thing that the customer got.' }),
)

/**
 * A right that an order line gives. Its members are in the order of the printed replies.
 * https://learn.microsoft.com/partner-center/developer/get-a-collection-of-entitlements
 */
export const Entitlement = lazy(() =>
  z
    .strictObject({
      includedEntitlements: z
        .array(z.unknown())
        .meta({ description: 'Entitlements that come with this one. The catalog has none.' }),
      referenceOrder: z
        .strictObject({
          id: z.string().meta({ description: 'Order id.' }),
          lineItemId: z.string().meta({ description: 'Number of the line, as a text.' }),
          alternateId: z.string().optional().meta({ description: 'Friendly id of the order.' }),
        })
        .meta({ description: 'The order line that gives the entitlement.' }),
      productId: z.string().meta({ description: 'Product id.' }),
      quantity: z.int().positive().meta({ description: 'Number of licenses or instances.' }),
      entitledArtifacts: z.array(Artifact()).meta({ description: 'The reservations of a reserved instance.' }),
      skuId: z.string().meta({ description: 'SKU id.' }),
      entitlementType: z.enum(entitlementTypes).meta({ description: 'Type of the entitlement.' }),
      dynamicAttributes: z
        .strictObject({ reservationType: z.string().meta({ description: 'Type of the reservation.' }) })
        .optional()
        .meta({ description: 'Attributes of a reserved instance.' }),
      expiryDate: z.string().optional().meta({ description: 'When it ends, with showExpiry and if it does.' }),
    })
    .meta({ id: 'Entitlement', description: 'A right that an order line gives.' }),
)
export type Entitlement = Infer<typeof Entitlement>

/** The reservations behind the link of an artifact. */
export const ReservationArtifact = lazy(() =>
  z
    .strictObject({
      type: z.literal('reservedinstance').meta({ description: 'Type of the artifact.' }),
      virtualMachineReservations: z
        .array(
          z.strictObject({
            reservationId: z.string().meta({ description: 'Id of the reservation.' }),
            scopeType: z.string().meta({ description: 'Shared, or Single for one subscription.' }),
            quantity: z.int().positive().meta({ description: 'Number of instances.' }),
            expiryDateTime: z.string().optional().meta({ description: 'When the term ends.' }),
            effectiveDateTime: z.string().meta({ description: 'When the term began.' }),
            provisioningState: z.literal('Created').meta({ description: 'State of the reservation.' }),
          }),
        )
        .meta({ description: 'The reservations.' }),
    })
    .meta({ id: 'ReservationArtifact', description: 'The reservations of an order line.' }),
)
export type ReservationArtifact = Infer<typeof ReservationArtifact>
