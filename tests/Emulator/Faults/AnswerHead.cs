using System.Linq;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using OssPayment.Emulator.Operations;

namespace OssPayment.Emulator.Faults;

/// <summary>The status line and headers of an answer as bytes, for answers that are written below HTTP.</summary>
internal static class AnswerHead
{
    /// <summary>A head that promises a body of the given length.</summary>
    public static byte[] WithLength(Answer answer, int length) => Bytes(answer, $"Content-Length: {length}");

    public static byte[] Chunked(Answer answer) => Bytes(answer, "Transfer-Encoding: chunked");

    /// <summary>A head that leaves it to the end of the connection to end the body.</summary>
    public static byte[] UntilClose(Answer answer) => Bytes(answer, "Connection: close");

    /// <summary>What a proxy says once a tunnel is open.</summary>
    public static byte[] OfTunnel() => "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    private static byte[] Bytes(Answer answer, string framing)
    {
        string reason = ReasonPhrases.GetReasonPhrase(answer.Status);
        var lines = answer.Headers
            .Select(header => $"{header.Key}: {header.Value}")
            .Prepend($"HTTP/1.1 {answer.Status} {reason}")
            .Append(framing);
        return Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n");
    }
}
