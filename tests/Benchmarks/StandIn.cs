using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>
/// The cheapest substitute for OSS: every query gets the same response, that the requester pays, and every change
/// succeeds. As a proxy it responds for every bucket's host, over TLS.
/// </summary>
internal sealed class StandIn : IDisposable
{
    private const string Body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<RequestPaymentConfiguration>\n  <Payer>Requester</Payer>\n</RequestPaymentConfiguration>";

    /// <summary>The certificate is most of a handshake, which distinguishes a full one from a resumed one.</summary>
    private const int CertificateNames = 200;

    private static readonly byte[] Found = Response(Body);
    private static readonly byte[] Changed = Response("");

    private static readonly byte[] Connected = "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = NewCertificate();
    private readonly SslStreamCertificateContext _tls;
    private readonly ConcurrentDictionary<Task, bool> _open = new();
    private int _handshakes;
    private int _resumed;
    private int _most;

    internal StandIn()
    {
        _tls = SslStreamCertificateContext.Create(_certificate, null, offline: true);
        _listener.Start();
        _ = AcceptAsync();
    }

    internal string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The certificate that clients must trust.</summary>
    internal string Authority => _certificate.ExportCertificatePem();

    /// <summary>The time of a round trip. Connecting, the TLS handshake and the request each wait for one.</summary>
    internal TimeSpan RoundTrip { get; set; }

    /// <summary>Handshakes, those of them that resumed a session, and the most connections at once.</summary>
    internal (int Handshakes, int Resumed, int Connections) Counters => (_handshakes, _resumed, _most);

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stand-in", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        for (int number = 0; number < CertificateNames; number++)
        {
            names.AddDnsName($"*.oss-cn-stand-in-{number}.aliyuncs.com");
        }

        names.AddDnsName("*.oss-cn-hangzhou.aliyuncs.com");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Task served = ServeAsync(await _listener.AcceptSocketAsync());
                _open[served] = true;
                _most = Math.Max(_most, _open.Count);
                _ = served.ContinueWith(ended => _open.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        socket.NoDelay = true;
        await using var connection = new CountingStream(socket);
        try
        {
            byte[] buffer = new byte[16 * 1024];
            Stream stream = connection;
            while (await ReadRequestAsync(stream, buffer))
            {
                await WaitAsync();
                bool isTunnel = buffer.AsSpan().StartsWith("CONNECT "u8);
                await stream.WriteAsync(isTunnel ? Connected : buffer.AsSpan().StartsWith("PUT "u8) ? Changed : Found);
                stream = isTunnel ? await GreetAsync(connection) : stream;
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone.
        }
    }

    private static byte[] Response(string body) => Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nServer: AliyunOSS\r\nDate: Wed, 02 Jan 2030 03:04:05 GMT\r\nContent-Type: application/xml\r\n"
        + $"x-oss-request-id: 5C3D9175B6FC201293AD4890\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>
    /// Reads a request, whose body ends with the root element of this operation. The client sends the next one after the
    /// response.
    /// </summary>
    private static async Task<bool> ReadRequestAsync(Stream stream, byte[] buffer)
    {
        int length = 0;
        do
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                return false;
            }

            length += read;
        }
        while (!buffer.AsSpan(0, length).EndsWith(
            buffer.AsSpan().StartsWith("PUT "u8) ? "</RequestPaymentConfiguration>"u8 : "\r\n\r\n"u8));
        return true;
    }

    private async Task<Stream> GreetAsync(CountingStream connection)
    {
        await WaitAsync();
        long before = connection.Written;
        var tls = new SslStream(connection);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _tls });
        Interlocked.Increment(ref _handshakes);
        if (connection.Written - before < _certificate.RawData.Length)
        {
            Interlocked.Increment(ref _resumed);
        }

        return tls;
    }

    private Task WaitAsync() => RoundTrip > TimeSpan.Zero ? Task.Delay(RoundTrip) : Task.CompletedTask;

    private sealed class CountingStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        internal long Written { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
