import type { FastifyReply, FastifyRequest } from 'fastify'

/** Sends a hint as a header and logs it. It is never part of a body. Header values hold only printable ASCII. */
export function giveHint(request: FastifyRequest, reply: FastifyReply, hint: string): void {
  request.log.info({ reqId: request.id }, `${request.method} ${request.url}: ${hint}`)
  reply.header(
    'X-Emulator-Hint',
    hint.replace(/[^\x20-\x7e]/gu, (character) => encodeURIComponent(character.toWellFormed())),
  )
}
