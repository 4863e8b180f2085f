using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>Takes down a request as it arrived.</summary>
internal static class RequestReader
{
    private const int MaxBodyLength = 64 * 1024;

    public static async Task<RecordedRequest> ReadAsync(HttpContext context)
    {
        string rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        ConnectionTrail trail = context.Features.GetRequiredFeature<ConnectionTrail>();
        string? authority = RequestTarget.Read(rawTarget).Authority;
        byte[] body = await ReadBodyAsync(context.Request);

        return new RecordedRequest
        {
            Method = context.Request.Method,
            Scheme = context.Request.Scheme,
            Host = authority ?? context.Request.Host.Value ?? "",
            RawTarget = rawTarget,
            Headers = ReadHeaders(context.Request.Headers),
            Body = body.Length > MaxBodyLength ? body[..MaxBodyLength] : body,
            BodyTooLong = body.Length > MaxBodyLength,
            Via = trail.TunnelHost is not null ? Via.Connect : authority is not null ? Via.AbsoluteForm : Via.Direct,
            ConnectionId = context.Connection.Id,
        };
    }

    private static KeyValuePair<string, string>[] ReadHeaders(IHeaderDictionary headers) =>
    [
        .. headers.SelectMany(
            header => header.Value,
            (header, value) => new KeyValuePair<string, string>(header.Key, value ?? "")),
    ];

    // One byte more than is kept tells whether there was more.
    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
        {
            return [];
        }

        byte[] buffer = new byte[MaxBodyLength + 1];
        int length = await request.Body.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return buffer[..length];
    }
}
