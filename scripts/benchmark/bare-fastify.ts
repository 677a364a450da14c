import fastify from 'fastify'

/** The cost of Fastify alone: the bare handler as a Fastify route. Usage: bare-fastify.ts <status> <body> */
const [status = '200', body = ''] = process.argv.slice(2)
const app = fastify()
app.get('/v1/customers/:customerTenantId/orders/:orderId', (_request, reply) => {
  reply
    .code(Number(status))
    .header('MS-CorrelationId', '1438ea3d-b515-45c7-9ec1-27ee0cc8e6bd')
    .header('MS-RequestId', '655890ba-4d2b-4d09-a95f-4ea1348686a5')
    .header('MS-CV', 'xqqtn+OEVE2ridoS.0')
    .header('MS-ServerId', '0000112D')
    .header('X-Content-Type-Options', 'nosniff')
    .type('application/json; charset=utf-8')
    .send(body)
})
const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`ready at ${url}: fastify\n`)
