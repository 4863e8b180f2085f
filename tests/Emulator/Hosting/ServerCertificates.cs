using System;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>The certificates that the emulator shows, made when they are first needed.</summary>
internal sealed class ServerCertificates : IDisposable
{
    private readonly CertificateAuthority _authority = new();
    private readonly CertificateAuthority _untrusted = new();
    private readonly ConcurrentDictionary<(string, TlsFault), Lazy<SslStreamCertificateContext>> _issued = new();

    /// <summary>The certificate of the authority that clients are to trust.</summary>
    public string AuthorityPem => _authority.Pem;

    /// <summary>The certificate for a host, spoilt in the way that is asked for.</summary>
    public SslStreamCertificateContext Choose(string? host, EmulatorState state)
    {
        bool isServed = !string.IsNullOrEmpty(host) && HostMeaning.Read(host, state) is not null;
        string name = isServed ? host! : "localhost";
        TlsFault fault = state.TlsFault;
        return _issued.GetOrAdd(
            (name, fault),
            _ => new Lazy<SslStreamCertificateContext>(
                () => SslStreamCertificateContext.Create(Issue(name, fault), null, offline: true))).Value;
    }

    public void Dispose()
    {
        foreach (Lazy<SslStreamCertificateContext> context in _issued.Values)
        {
            context.Value.TargetCertificate.Dispose();
        }

        _authority.Dispose();
        _untrusted.Dispose();
    }

    private X509Certificate2 Issue(string host, TlsFault fault)
    {
        CertificateAuthority issuer = fault == TlsFault.UntrustedAuthority ? _untrusted : _authority;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset from = now.AddDays(-20);
        DateTimeOffset to = fault == TlsFault.Expired ? now.AddDays(-1) : now.AddDays(20);
        return fault == TlsFault.WrongHost
            ? issuer.Issue(from, to, "another-host.example.com")
            : host == "localhost"
                ? issuer.Issue(from, to, host, "*.localhost", "127.0.0.1", "::1")
                : issuer.Issue(from, to, host);
    }
}
