using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>Reads a CONNECT from the start of a connection, if that is what it starts with.</summary>
internal static class ConnectHead
{
    private const int MaxLength = 16 * 1024;

    /// <summary>The CONNECT, taken off the input; or null, with the input untouched.</summary>
    public static async Task<RecordedRequest?> ReadAsync(
        PipeReader input, string connectionId, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult result = await input.ReadAsync(cancellation);
            string text = Encoding.Latin1.GetString(result.Buffer.Slice(0, Math.Min(result.Buffer.Length, MaxLength)));
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (MayBeConnect(text) && end >= 0)
            {
                input.AdvanceTo(result.Buffer.GetPosition(end + 4));
                return Parse(text[..end], connectionId);
            }

            if (!MayBeConnect(text) || result.IsCompleted || text.Length == MaxLength)
            {
                input.AdvanceTo(result.Buffer.Start);
                return null;
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static bool MayBeConnect(string text)
    {
        const string Start = "CONNECT ";
        int length = Math.Min(text.Length, Start.Length);
        return string.CompareOrdinal(text, 0, Start, 0, length) == 0;
    }

    private static RecordedRequest Parse(string head, string connectionId)
    {
        string[] lines = head.Split("\r\n");
        string target = lines[0].Split(' ')[1];
        return new RecordedRequest
        {
            Method = "CONNECT",
            Scheme = "http",
            Host = target,
            RawTarget = target,
            Headers = [.. lines.Skip(1).Select(ParseHeader)],
            Via = Via.Direct,
            ConnectionId = connectionId,
        };
    }

    private static KeyValuePair<string, string> ParseHeader(string line)
    {
        string[] parts = line.Split(':', 2);
        return new KeyValuePair<string, string>(parts[0].Trim(), parts.Length == 2 ? parts[1].Trim() : "");
    }
}
