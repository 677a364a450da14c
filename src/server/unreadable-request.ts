import type { Socket } from 'node:net'
import { newTracingId } from '../partner-center/hooks/tracing-ids.ts'
import { gatewayBody } from '../partner-center/protocol/gateway.ts'

/** The replies to requests that Node cannot parse, by Node's error code. */
const replies: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
}

/** Replies to bytes that are not an HTTP request, in the gateway's form. */
export function replyToUnreadableRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const [status, message] = replies[error.code ?? ''] ?? [400, 'Bad Request']
  const body = gatewayBody(status, message)
  socket.end(
    `HTTP/1.1 ${status} ${message}\r\nContent-Length: ${body.length}\r\nContent-Type: application/json\r\nMS-CorrelationId: ${newTracingId()}\r\nMS-RequestId: ${newTracingId()}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body}`,
  )
}
