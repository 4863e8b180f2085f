using System;
using System.Collections.Generic;
using OssPayment.Emulator.Faults;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Responses that OSS would not send, such as those of proxies and gateways.</summary>
internal static class ForeignResponseRows
{
    internal static IEnumerable<FaultRow> All =>
    [
        Invalid("HTML with status 200 from a proxy", Responses.Body(Responses.Html) with
        {
            Headers = Responses.HtmlHeaders,
        }),
        Invalid("HTML with status 200 and a request id", Responses.Body(Responses.Html)),
        Invalid("the right body without a request id", Responses.Body(FaultRow.Right) with
        {
            Headers = Responses.NoHeaders,
        }),
        Invalid("empty 200 without a request id", Empty(200)),
        Invalid(
            "empty 200 with an empty request id",
            Responses.Raw("HTTP/1.1 200 OK\nContent-Length: 0\nx-oss-request-id:  \n\n")),
        Invalid("empty 200 with a request id", Responses.Body("")) with
        {
            AfterApply = true,
            EndOfChange = FaultEnd.Success,
        },
        Invalid("204 without a request id", Empty(204)),
        Invalid("204 with a request id", Responses.Body("", 204)) with { AfterApply = true },
        Right("the right body with the wrong content type", ("Content-Type", "image/png")),
        Right("the right body without a content type"),
        Invalid("gzip that was not requested", Responses.Body(FaultRow.Right) with { Gzip = true }),
        Invalid("gzip without Content-Encoding", new ReplaceResponse
        {
            Headers = Responses.WithRequestId(),
            Bytes = Convert.FromBase64String("H4sIAAAAAAAAA/NIzcnJBwCCidH3BQAAAA=="),
        }),
        Invalid("JSON", Responses.Body("""{"Payer":"Requester"}""")),
        Invalid(
            "an error with status 200",
            Responses.Error("<Code>NoSuchBucket</Code><Message>None.</Message>", 200)),
        Invalid("half a document", Responses.Body("<RequestPaymentConfiguration><Payer>Requester</Payer>")),
        Invalid("two documents", Responses.Body($"{FaultRow.Right}<x/>{FaultRow.Right}<x/>")),
        Invalid("spaces and a line break", Responses.Body("  \n  ")),
    ];

    private static FaultRow Invalid(string name, FaultAction action) => new(name, action, FaultEnd.Invalid);

    private static FaultRow Right(string name, params (string Name, string Value)[] headers) => new(
        name,
        Responses.Body(FaultRow.Right) with { Headers = Responses.WithRequestId(headers) },
        FaultEnd.Success)
    {
        AfterApply = true,
    };

    private static ReplaceResponse Empty(int status) =>
        Responses.Body("", status) with { Headers = Responses.NoHeaders };
}
