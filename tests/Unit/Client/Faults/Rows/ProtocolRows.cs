using System.Collections.Generic;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Responses that are not HTTP, or not valid HTTP.</summary>
internal static class ProtocolRows
{
    internal static IEnumerable<FaultRow> All =>
    [
        NotHttp("another protocol", "SSH-2.0-OpenSSH_9.9\n"),
        NotHttp("escape sequences as the status line", "\e]0;owned\e[31m\n\n"),
        NotHttp("a status that is not a number", "HTTP/1.1 abc OK\n\n"),
        new("status 999", Responses.Raw("HTTP/1.1 999 Odd\nContent-Length: 0\n\n"), FaultEnd.Invalid)
        {
            IsTransient = true,
        },
        new(
            "escape sequences as the reason phrase",
            Responses.Raw("HTTP/1.1 403 \e[31mred\nContent-Length: 0\n\n"),
            FaultEnd.Invalid),
        new(
            "escape sequences in headers",
            Responses.Raw(
                "HTTP/1.1 403 No\nContent-Length: 0\nx-oss-request-id: \e[31mred\u009B31m\nx-oss-ec: \e[2J\n\n"),
            FaultEnd.Invalid),
    ];

    private static FaultRow NotHttp(string name, string text) =>
        new(name, Responses.Raw(text), FaultEnd.Failed) { IsTransient = true };
}
