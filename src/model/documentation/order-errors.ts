import type { ErrorTable } from './error-table.ts'

/** Errors of orders, carts, limits, and risk checks. */
export const orderErrors: readonly ErrorTable[] = [
  {
    area: 'orders',
    evidence: 'documented',
    rows: `
2006 403 2021-03 Partner is not valid for offer
2071 400 2021-03 MPN Id is not a valid Advisor
2072 404 2021-03 MPN Id of Indirect Provider is not valid as Partner On Record
2085 403 2021-03 The offer is not eligible for purchase
2091 403 2021-03 The offer is no longer available for purchase
4018 400 2021-03 Unable to process this order
6000 400 2021-03 The billing cycle could not be changed because the order contains one or more subscriptions that are not active
6001 400 2021-03 The billing cycle could not be changed because one of the order's Offer Ids does not support the billing term
13605 403 2021-03 Either a partner confirmation of the customer acceptance of the Microsoft Customer Agreement must be provided or the customer must accept the Microsoft Customer Agreement in the Microsoft Admin Center before you can complete this purchase
20000 404 2021-03 Order Id not found
27006 400 2021-03 Use limit is exceeded for Offer id
27007 400 2021-03 Invalid promotion code
800004 400 2021-03 Invalid offer Id
800005 500 2021-03 Create order is not successful
800007 404 2021-03 Unable to retrieve provisioning information
800010 400 2021-03 Inventory is not available for this catalog item
800011 400 2021-03 This subscription is not a valid Azure subscription
800012 400 2021-03 This subscription is not an active subscription
800013 400 2021-03 This subscription is not enabled for RI purchase
800014 409 2021-03 There is a pending adjustment requested for this order
800015 404 2021-03 MPN Id is not found
800016 400 2021-03 MPN Id is not a valid Indirect Reseller
800017 400 2021-03 The quantity is not available for this catalog item
800018 400 2021-03 The sandbox limit has been met
800019 403 2021-03 Non-Sandbox tenants are not allowed to cancel purchases other than software subscriptions and perpetual software
800020 403 2021-03 The catalog item is not eligible for purchase.
800021 400 2021-03 This subscription is not a valid subscription
800029 400 2021-03 The add-on is not related to the specified parent subscription
800030 400 2021-03 This subscription is not registered
800031 500 2021-03 Purchase system not supported
800043 403 2021-03 Access to pricing information is not granted
800060 409 2021-03 Your order is in progress. Please check your order history for recent orders in few minutes
800061 400 2021-03 Order cannot be cancelled
800063 400 2021-03 This order {0} cannot be cancelled. Use PATCH /customers/{1}/subscriptions/<subscriptionId> to suspend subscriptions
800070 400 2021-03 Offer is not available in the specified country
800071 400 2021-03 Line Item number should be from 0 to number of line items count
800072 400 2021-03 Cannot change billing cycle if subscription's SyncState is not Completed
800077 403 2021-03 Cancelling of seat-based SaaS is not supported via patch order. Use patch subscription instead.
800080 400 2021-03 Cannot change billing cycle if subscription is not associated with a Mint account
800085 400 2021-03 Subscription's billing cycle does not match with the original order billing cycle
800086 400 2021-03 Customer tenant does not have required tags for the offer
800087 500 2021-03 There is an issue with the line item.
900112 409 2021-03 This purchase is not allowed as the upgrade request {0} is in pending state
900113 409 2021-03 This purchase is not allowed as the upgrade request {0} is in progress
900114 409 2021-03 This purchase is not allowed as the upgrade request {0} failed
900128 400 2021-03 An Azure plan is required to purchase a SaaS subscription with a metered billing plan
900129 400 2021-03 The specified Azure plan ID was not found or there are no active Azure subscriptions under it. An Azure Plan with active subscription(s) is required to purchase a SaaS product with a metered billing plan
900169 400 2023 One or more of the order items do not support the given currency, USD. Input currency should be either partner or customer (market) currency.
900203 400 2021-10 CatalogItemId: {0} requires attestation acceptance.
900206 400 2023 Partner Attestation is missing
900275 400 2023 The requested quantity for line item {0} is not within the allowed quantity for this offer.
`,
  },
  {
    area: 'carts',
    evidence: 'documented',
    rows: `
800008 404 2021-03 Unable to retrieve cart Id
800009 400 2021-03 Error in Cart item(s)
800064 409 2021-03 Cart {0} is being processed by another request
800065 400 2021-03 Cannot check out an already submitted cart {0}.
900142 400 2021-03 The catalog item id is not present
900242 400 2023 The custom term end date specified for line item 0 does not match with the end date of any active non-trial OnlineServicesNCE subscription or align with the end of the calendar month. Partners should select a new custom term end date.
400041 400 2022-02 The addon is not purchasable without a compatible base product
`,
  },
  {
    area: 'limits',
    evidence: 'documented',
    rows: `
800066 403 2021-03 The desired number of subscriptions exceeded the maximum number of subscriptions allowed per customer
800067 403 2021-03 The desired seat count exceeded the maximum seat count allowed per subscription
800068 403 2021-03 The desired number of subscriptions exceeded the maximum number of Azure subscriptions allowed per partner
800088 403 2021-03 The requested number of {0} seat/s exceeded the remaining limit of {1} seats allowed per subscription for the CatalogID - {2}
800089 403 2021-03 The requested number of {0} asset/s exceeded the remaining limit of {1} assets allowed per customer
900116 400 2021-03 Unable to create order. There is a limit to how many Azure plans can be created under sandbox accounts
`,
  },
  {
    area: 'risk',
    evidence: 'documented',
    rows: `
800022 400 2021-03 You may be eligible for this transaction. Please contact Support for help
800023 403 2021-03 You are not eligible for this transaction because your Credit Line is not reaching minimum threshold for this purchase. Please update your order (or) contact Support for help
800024 400 2021-03 You are not eligible for this transaction
800025 400 2021-03 You are not eligible for this transaction because your Credit Line is not reaching minimum threshold for this purchase. Please update your order (or) contact Support for help
800026 400 2021-03 You are not eligible for this transaction
800062 400 2021-03 You are not eligible for this transaction
800069 403 2021-03 Order failed Risk Management check
800073 403 2021-03 Your customer account is currently under review. Check back in few days. Your patience is appreciated during this time. Learn more at {0}
800074 403 2021-03 Your customer account is currently under review. Check back in few days. Your patience is appreciated during this time. Learn more at {0}
800075 403 2021-03 Your Customer account was not approved. Transactions for this customer are not allowed. Please verify the customer account information is correct. For more information refer to {0}
900121 403 2021-03 Unable to process order due to insufficient credit limit, please contact ucmwrcsp@microsoft.com for further assistance
`,
  },
  {
    area: 'purchase orders',
    evidence: 'documented',
    rows: `
900252 400 2023 Purchase order document is required.
900253 400 2023 When part of tender, either tender link or tender document is required.
900254 400 2023 Invalid metadata. (If the customer price, currency is missing).
`,
  },
  {
    area: 'savings plans',
    evidence: 'documented',
    rows: `
900312 400 2023 The selected scope '{0}' in the provisioning context is not supported.
900313 400 2023 Entitlement ID (Azure subscription ID) in the provisioning context is required for the transaction.
900314 400 2023 The Azure subscription associated with the entitlement ID is not active. An active Azure subscription is required to complete the purchase.
900315 400 2023 This product is not eligible for purchase using the provided Azure subscription.
900317 400 2023 Subscription ID (Azure plan ID) in the provisioning context is required for the transaction.
900318 400 2023 The Azure plan associated with the subscription ID was not found or there are no active Azure subscriptions under it. An Azure Plan with active subscription(s) is required to complete the purchase.
900321 403 2023 This operation is not supported for Azure savings plan in Partner Center today. It can however be managed in Azure portal.
900323 403 2023 Azure savings plan purchases will inherit the partner on record of the associated Azure Plan. The provided partner on record does not match the value ({0}) on the associated Azure Plan.
`,
  },
  {
    area: 'orders and subscriptions',
    evidence: 'documented',
    rows: `
900117 400 2021-03 You have passed your {0}-day cancellation window. We are unable to cancel your purchase
`,
  },
]
