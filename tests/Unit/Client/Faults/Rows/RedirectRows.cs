using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Responses that name another host.</summary>
internal static class RedirectRows
{
    private const string Address = $"http://{FaultRow.Elsewhere}/";

    internal static IEnumerable<FaultRow> All =>
    [
        .. Enumerable.Range(300, 9).Select(status => new FaultRow(
            $"{status} to another host",
            Responses.Body("", status) with
            {
                Headers = new Dictionary<string, string> { ["Location"] = $"{Address}?requestPayment" },
            },
            FaultEnd.Invalid)),
        ErrorTo(301),
        ErrorTo(307),
        new(
            "200 with Location and Refresh",
            Responses.Body(FaultRow.Right) with
            {
                Headers = Responses.WithRequestId(("Location", Address), ("Refresh", $"0; url={Address}")),
            },
            FaultEnd.Success)
        {
            AfterApply = true,
        },
    ];

    private static FaultRow ErrorTo(int status) => new(
        $"{status} to another host in an OSS error",
        Responses.Error($"<Code>Moved</Code><Endpoint>{FaultRow.Elsewhere}</Endpoint>", status) with
        {
            Headers = Responses.WithRequestId(("Location", Address)),
        },
        new FaultEnd("Moved", ErrorCategory.InvalidArgument));
}
