using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Emulator.Faults;
using OssPayment.Emulator.Operations;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>Decides whether the proxy accepts a request.</summary>
internal static class ProxyFilter
{
    /// <summary>The error response of the proxy, or null if it accepts the request.</summary>
    public static Response? Check(RecordedRequest request, EmulatorState state)
    {
        if (state.ProxyCredential is { } credential && request.Header("proxy-authorization") != Basic(credential))
        {
            return Page(
                407, "Proxy Authentication Required", [new("Proxy-Authenticate", "Basic realm=\"emulator\"")]);
        }

        return RequestHost.Parse(request.Host, state) is null ? Page(502, "Bad Gateway", []) : null;
    }

    private static string Basic(ProxyCredential credential) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Password}"));

    private static Response Page(int status, string title, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        string html =
            $"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n";
        return new Response(status, [.. headers, new("Content-Type", "text/html")], Encoding.UTF8.GetBytes(html));
    }
}

/// <summary>
/// Handles CONNECT requests to the proxy. The emulator itself is the other end of the tunnel: it serves the requests
/// that follow on the connection as if they had been sent to the requested host.
/// </summary>
internal sealed class ConnectHandler(EmulatorState state)
{
    private static readonly Response Opened = new(200, [], []);

    /// <summary>Responds to CONNECT requests until one opens a tunnel or another request arrives.</summary>
    public async Task OpenAsync(ClientConnection client, CancellationToken cancellation)
    {
        while (client.TunnelHost is null)
        {
            RecordedRequest? request = await ConnectReader.ReadAsync(
                client.Connection.Transport.Input, client.Connection.ConnectionId, cancellation);
            if (request is null)
            {
                return;
            }

            state.Counters.ConnectReceived();
            state.Requests.Add(request);
            await RespondAsync(client, request, cancellation);
        }
    }

    private async Task RespondAsync(ClientConnection client, RecordedRequest request, CancellationToken cancellation)
    {
        var connection = new RawConnection(
            client.Connection, client.SocketOutput, () => client.Connection.Abort(), cancellation);
        Task SendAsync(Response response)
        {
            request.Status = response.Status;
            client.TunnelHost = response == Opened ? RequestHost.WithoutPort(request.Host) : null;
            byte[] head = response == Opened
                ? ResponseHead.TunnelOpened()
                : ResponseHead.WithLength(response, response.Body.Length);
            return connection.WriteAsync((byte[])[.. head, .. response.Body]);
        }

        Response genuine = ProxyFilter.Check(request, state) ?? Opened;
        Fault? fault = state.Faults.Take(request);
        if (fault is null)
        {
            await SendAsync(genuine);
            return;
        }

        var responses = new ResponseFactory(state, request);
        var context = new FaultContext(request, new Lazy<Response>(genuine), responses, connection, SendAsync);
        await context.PlayAsync(fault);
    }
}

/// <summary>Reads a CONNECT request from a connection, if that is what the client sent.</summary>
internal static class ConnectReader
{
    private const int MaxLength = 16 * 1024;

    /// <summary>Reads a CONNECT request. Returns null and consumes nothing if it is another request.</summary>
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
