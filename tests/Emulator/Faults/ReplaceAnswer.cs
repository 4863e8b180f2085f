using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Threading.Tasks;
using OssPayment.Emulator.Operations;

namespace OssPayment.Emulator.Faults;

/// <summary>Another answer, just as it is given here: nothing of the service's is added.</summary>
public sealed record ReplaceAnswer : FaultAction
{
    public int Status { get; init; } = 200;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body as text; <see cref="Encoding"/> says how it is written.</summary>
    public string? Text { get; init; }

    /// <summary>The name of an encoding. Those that begin with a byte order mark do so.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>The body as bytes, where there is no text.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Compresses the body, and says so in <c>Content-Encoding</c>.</summary>
    public bool Gzip { get; init; }

    internal override Task PlayAsync(FaultStage stage)
    {
        byte[] body = Text is null ? Bytes ?? [] : Encode(Text);
        List<KeyValuePair<string, string>> headers = [.. Headers];
        if (Gzip)
        {
            body = Compress(body);
            headers.Add(new KeyValuePair<string, string>("Content-Encoding", "gzip"));
        }

        return stage.SendAsync(new Answer(Status, headers, body));
    }

    private byte[] Encode(string text)
    {
        var encoding = System.Text.Encoding.GetEncoding(Encoding);
        byte[] mark = encoding is UTF8Encoding ? [] : encoding.GetPreamble();
        return [.. mark, .. encoding.GetBytes(text)];
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
