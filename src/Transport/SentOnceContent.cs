using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Transport;

/// <summary>The body of a request, which may be empty. It records when the request leaves.</summary>
/// <remarks>
/// If a connection is closed before a response, .NET repeats a request without content up to three times, and never one
/// with content. So each request has content.
/// </remarks>
internal sealed class SentOnceContent : HttpContent
{
    private readonly HttpContent? _body;
    private readonly Action? _leaving;
    private int _startingThread;

    /// <param name="body">The body; null if it is empty.</param>
    /// <param name="leaving">Called before the first byte may leave.</param>
    internal SentOnceContent(HttpContent? body, Action? leaving)
    {
        _body = body;
        _leaving = leaving;
        if (body is not null)
        {
            foreach (KeyValuePair<string, IEnumerable<string>> header in body.Headers)
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }
    }

    /// <summary>Whether the request left on a connection that was kept after an earlier request.</summary>
    internal bool IsOnKeptConnection { get; private set; }

    /// <summary>Sends the request with it. It leaves on this thread only if no new connection is needed.</summary>
    internal Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker client, HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Content = this;
        _startingThread = Environment.CurrentManagedThreadId;
        try
        {
            return client.SendAsync(request, cancellation);
        }
        finally
        {
            _startingThread = 0;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext context)
    {
        IsOnKeptConnection = _startingThread == Environment.CurrentManagedThreadId;
        _leaving?.Invoke();
        return _body?.CopyToAsync(stream, context) ?? Task.CompletedTask;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body?.Headers.ContentLength ?? 0;
        return true;
    }
}
