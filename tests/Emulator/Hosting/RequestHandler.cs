using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OssPayment.Emulator.Faults;
using OssPayment.Emulator.Operations;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>Handles one HTTP request: records it, runs the operation, sends the response or plays a fault.</summary>
internal sealed class RequestHandler(EmulatorState state, CancellationToken stopping)
{
    private readonly OssService _service = new(state);
    private readonly CredentialServices _credentials = new(state);

    public async Task HandleAsync(HttpContext context)
    {
        state.Counters.RequestStarted();
        try
        {
            RecordedRequest request = await RequestReader.ReadAsync(context);
            state.Requests.Add(request);
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await RespondAsync(context, request, cancellation.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            context.Abort();
        }
        finally
        {
            state.Counters.RequestEnded();
        }
    }

    private async Task RespondAsync(HttpContext context, RecordedRequest request, CancellationToken cancellation)
    {
        if (request.Via == Via.AbsoluteForm && ProxyFilter.Check(request, state) is { } proxyError)
        {
            await SendAsync(context, request, proxyError, cancellation);
            return;
        }

        PreparedRequest prepared = _credentials.Prepare(request) ?? _service.Prepare(request);
        Fault? fault = state.Faults.Take(request);
        if (state.Delay > TimeSpan.Zero)
        {
            await Task.Delay(state.Delay, cancellation);
        }

        if (fault is null)
        {
            await SendAsync(context, request, OssService.Execute(prepared), cancellation);
            return;
        }

        ClientConnection client = context.Features.GetRequiredFeature<ClientConnection>();
        var faultContext = new FaultContext(
            request,
            new Lazy<Response>(() => OssService.Execute(prepared)),
            prepared.Responses,
            new RawConnection(client.Connection, client.SocketOutput, context.Abort, cancellation),
            response => SendAsync(context, request, response, cancellation));
        await faultContext.PlayAsync(fault);
    }

    private static async Task SendAsync(
        HttpContext context, RecordedRequest request, Response response, CancellationToken cancellation)
    {
        HttpResponse output = context.Response;
        output.StatusCode = response.Status;
        foreach (var header in response.Headers)
        {
            output.Headers.Append(header.Key, header.Value);
        }

        request.Status = response.Status;
        if (!response.HasNoBody)
        {
            output.ContentLength ??= response.Body.Length;
            if (request.Method != "HEAD")
            {
                await output.Body.WriteAsync(response.Body, cancellation);
            }
        }
    }
}

/// <summary>Records a request as it was received.</summary>
internal static class RequestReader
{
    private const int MaxBodyLength = 64 * 1024;

    public static async Task<RecordedRequest> ReadAsync(HttpContext context)
    {
        string rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        ClientConnection client = context.Features.GetRequiredFeature<ClientConnection>();
        string? authority = RequestTarget.Parse(rawTarget).Authority;
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
            Via = client.TunnelHost is not null ? Via.Connect : authority is not null ? Via.AbsoluteForm : Via.Direct,
            ConnectionId = context.Connection.Id,
        };
    }

    private static KeyValuePair<string, string>[] ReadHeaders(IHeaderDictionary headers) =>
    [
        .. headers.SelectMany(
            header => header.Value,
            (header, value) => new KeyValuePair<string, string>(header.Key, value ?? "")),
    ];

    // Reads one byte more than the maximum, to know whether the body is longer.
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
