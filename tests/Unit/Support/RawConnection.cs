using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Tests;

/// <summary>The server's side of a connection, on which anything can be written.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly BufferedStream _stream;
    private readonly Action<RawRequest> _record;

    internal RawConnection(TcpClient client, Action<RawRequest> record, CancellationToken stopping)
    {
        _client = client;
        _stream = new BufferedStream(client.GetStream());
        _record = record;
        Stopping = stopping;
    }

    internal CancellationToken Stopping { get; }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    /// <summary>Reads a whole request; null when the client has closed the connection.</summary>
    internal async Task<RawRequest?> ReadRequestAsync()
    {
        if (await ReadLineAsync() is not { } line)
        {
            return null;
        }

        var headers = new List<KeyValuePair<string, string>>();
        int length = 0;
        while (await ReadLineAsync() is { Length: > 0 } header)
        {
            string[] parts = header.Split(':', 2);
            headers.Add(new(parts[0], parts[1].Trim()));
            if (parts[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(parts[1], CultureInfo.InvariantCulture);
            }
        }

        byte[] body = new byte[length];
        await _stream.ReadExactlyAsync(body, Stopping);
        var request = new RawRequest(line, headers, body);
        _record(request);
        return request;
    }

    internal Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    internal async Task WriteAsync(byte[] bytes)
    {
        await _client.GetStream().WriteAsync(bytes, Stopping);
    }

    /// <summary>Writes the same text again and again, until the client no longer takes it.</summary>
    internal async Task WriteWithoutEndAsync(string text, TimeSpan pause)
    {
        try
        {
            while (true)
            {
                await WriteAsync(text);
                await Task.Delay(pause, Stopping);
            }
        }
        catch (IOException)
        {
            // The client has closed the connection.
        }
    }

    /// <summary>Waits, without a response, until the client closes the connection.</summary>
    internal async Task WaitForCloseAsync()
    {
        try
        {
            while (await _stream.ReadAsync(new byte[256], Stopping) > 0)
            {
                // Data before the end is ignored.
            }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    /// <summary>Ends the connection with a reset.</summary>
    internal void Reset()
    {
        _client.LingerState = new LingerOption(true, 0);
        _client.Close();
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await _stream.ReadAsync(one, Stopping) > 0)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
