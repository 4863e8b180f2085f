using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OssPayment.Emulator.Faults;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Responses that are too long, or longer or shorter than they say.</summary>
internal static class LengthRows
{
    private const string Exabytes = "9223372036854775807";

    internal static IEnumerable<FaultRow> All =>
    [
        new("body longer than its Content-Length", new OverlongBody(100), FaultEnd.Success),
        new("body much longer than its Content-Length", new OverlongBody(4 * 1024 * 1024), FaultEnd.Success),
        new("endless body in chunks", new EndlessBody(Chunked: true), FaultEnd.TooLarge),
        new("endless body without a length", new EndlessBody(Chunked: false), FaultEnd.TooLarge),
        TooLarge("Content-Length above the limit", "200 OK", "1048577"),
        TooLarge("Content-Length of exabytes", "200 OK", Exabytes),
        TooLarge("Content-Length of exabytes in an error", "403 Forbidden", Exabytes),
        Broken("chunk of exabytes", "Transfer-Encoding: chunked\n\n7fffffffffffffff\n<x"),
        Broken("chunk size that is not a number", "Transfer-Encoding: chunked\n\nhello\n"),
        Broken("headers of 100 KB", $"X-Long: {new string('x', 100 * 1024)}\n\n"),
        Broken("20,000 headers", string.Concat(Enumerable.Repeat("X-Many: 1\n", 20_000)) + "\n"),
        new(
            "error message of 900 KB",
            Responses.Error(
                $"<Code>Odd</Code><Message>{string.Concat(Enumerable.Repeat("long ", 180_000))}</Message>"),
            new FaultEnd("Odd", ErrorCategory.PermissionDenied)),
        new(
            "error code of 10,000 characters",
            Responses.Error($"<Code>{new string('C', 10_000)}</Code>"),
            new FaultEnd("CCC*", ErrorCategory.PermissionDenied)),
    ];

    private static FaultRow TooLarge(string name, string status, string length) => new(
        name, Responses.Raw($"HTTP/1.1 {status}\nContent-Length: {length}\n\n", Ending.StayOpen), FaultEnd.TooLarge);

    private static FaultRow Broken(string name, string rest) =>
        new(name, Responses.Raw($"HTTP/1.1 200 OK\n{rest}"), FaultEnd.Failed) { IsTransient = true };
}
