using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>Many hosts on this machine: each port is one. They all say that the requester pays.</summary>
internal sealed class HostFarm : IDisposable
{
    private const string Body = "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>";

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nx-oss-request-id: 5C3D9175B6FC201293AD4890\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");

    private readonly TcpListener[] _listeners;
    private readonly X509Certificate2? _certificate;
    private readonly SslStreamCertificateContext? _tls;

    internal HostFarm(int count, bool isTls)
    {
        if (isTls)
        {
            _certificate = NewCertificate();
            _tls = SslStreamCertificateContext.Create(_certificate, null, offline: true);
        }

        _listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in _listeners)
        {
            listener.Start();
            _ = AcceptAsync(listener);
        }
    }

    /// <summary>What clients must trust; null without TLS.</summary>
    internal string? Authority => _certificate?.ExportCertificatePem();

    internal IEnumerable<string> Endpoints => _listeners.Select(listener =>
        $"{(_tls is null ? "http" : "https")}://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public void Dispose()
    {
        foreach (TcpListener listener in _listeners)
        {
            listener.Dispose();
        }

        _certificate?.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The farm is closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient connection = client;
        try
        {
            await using Stream stream = await GreetAsync(connection.GetStream());
            using var reader = new StreamReader(stream, Encoding.Latin1);
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length == 0)
                {
                    await stream.WriteAsync(Answer);
                }
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private async Task<Stream> GreetAsync(NetworkStream stream)
    {
        if (_tls is null)
        {
            return stream;
        }

        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _tls });
        return tls;
    }
}
