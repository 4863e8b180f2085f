using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using OssPayment.Emulator.Operations;

namespace OssPayment.Emulator.Faults;

/// <summary>Sends another response, exactly as specified here, without the usual headers of the service.</summary>
public sealed record ReplaceResponse : FaultAction
{
    public int Status { get; init; } = 200;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body as text. It is encoded with <see cref="Encoding"/>.</summary>
    public string? Text { get; init; }

    /// <summary>The name of an encoding. UTF-16 and UTF-32 start with a byte order mark; UTF-8 does not.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>The body as bytes. Used if there is no text.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Whether to compress the body and set <c>Content-Encoding</c>.</summary>
    public bool Gzip { get; init; }

    internal override Task PlayAsync(FaultContext context)
    {
        byte[] body = Text is null ? Bytes ?? [] : Encode(Text);
        List<KeyValuePair<string, string>> headers = [.. Headers];
        if (Gzip)
        {
            body = Compress(body);
            headers.Add(new KeyValuePair<string, string>("Content-Encoding", "gzip"));
        }

        return context.SendAsync(new Response(Status, headers, body));
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

/// <summary>Sends an error of the service, in XML or, with <c>InHeader</c>, in the header <c>x-oss-err</c>.</summary>
public sealed record OssErrorResponse(
    int Status,
    string Code,
    string Message = "This error was requested with a fault.",
    string EC = "0000-00000000",
    bool InHeader = false) : FaultAction
{
    internal override Task PlayAsync(FaultContext context)
    {
        var error = new ServiceException((HttpStatusCode)Status, Code, Message, EC);
        return context.SendAsync(InHeader ? context.Responses.ErrorInHeader(error) : context.Responses.Error(error));
    }
}

/// <summary>Sends exactly these bytes, specified as text or as bytes. They need not be valid HTTP.</summary>
public sealed record RawResponse(string? Text = null, byte[]? Bytes = null, Ending Then = Ending.Close) : FaultAction
{
    internal override async Task PlayAsync(FaultContext context)
    {
        await context.Connection.WriteAsync(Text is null ? Bytes : Encoding.Latin1.GetBytes(Text));
        await context.Connection.EndAsync(Then);
    }
}
