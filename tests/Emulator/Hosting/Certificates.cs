using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>The server certificates of the emulator. Each is issued when it is first needed.</summary>
internal sealed class ServerCertificates : IDisposable
{
    private readonly CertificateAuthority _authority = new();
    private readonly CertificateAuthority _untrusted = new();
    private readonly ConcurrentDictionary<(string, TlsFault), Lazy<SslStreamCertificateContext>> _issued = new();

    /// <summary>The certificate of the CA that clients must trust.</summary>
    public string AuthorityPem => _authority.Pem;

    /// <summary>The certificate for a host, with the TLS fault that the state requests.</summary>
    public SslStreamCertificateContext Get(string? host, EmulatorState state)
    {
        bool isServed = !string.IsNullOrEmpty(host) && RequestHost.Parse(host, state) is not null;
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

/// <summary>A certificate authority (CA) that exists for one run of the emulator.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public CertificateAuthority()
    {
        var request = new CertificateRequest("CN=OSS emulator test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
    }

    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>Issues a server certificate for DNS names or IP addresses.</summary>
    public X509Certificate2 Issue(DateTimeOffset from, DateTimeOffset to, params ReadOnlySpan<string> hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + Shorten(hosts[0]), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        request.CertificateExtensions.Add(AlternativeNames(hosts));

        using X509Certificate2 bare = request.Create(_certificate, from, to, RandomNumberGenerator.GetBytes(16));
        using X509Certificate2 withKey = bare.CopyWithPrivateKey(key);

        // On Windows, TLS cannot use ephemeral keys. Importing the PFX stores the key.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private static X509Extension AlternativeNames(ReadOnlySpan<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? ip))
            {
                names.AddIpAddress(ip);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names.Build();
    }

    // A common name has at most 64 characters. Clients check the names in the extension.
    private static string Shorten(string host) => host.Length <= 64 ? host : host[..64];
}
