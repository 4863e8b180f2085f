using System.Collections.Generic;
using System.Linq;
using System.Net;
using OssPayment.Signing;

namespace OssPayment.Redaction;

/// <summary>Takes the secrets in use out of what is shown: those of the proxies, and of the credentials.</summary>
/// <remarks>Temporary credentials are renewed under way, and searching for a secret is prepared once.</remarks>
internal sealed class CredentialRedactor
{
    private readonly string[] _proxySecrets;
    private Entry? _last;

    /// <param name="logins">What the proxies get.</param>
    internal CredentialRedactor(IEnumerable<NetworkCredential> logins)
    {
        // A proxy that echoes what it got shows the password in base64, behind the user.
        _proxySecrets =
        [
            .. logins
                .Where(login => login.Password.Length > 0)
                .SelectMany(login => new[] { login.Password, $"{login.UserName}:{login.Password}" }),
        ];
    }

    internal Redactor For(OssCredentials credentials)
    {
        if (_last is not { } last || last.Credentials != credentials)
        {
            _last = last = new Entry(
                credentials, new Redactor([credentials.AccessKeySecret, credentials.SecurityToken, .. _proxySecrets]));
        }

        return last.Redactor;
    }

    private sealed class Entry
    {
        internal Entry(OssCredentials credentials, Redactor redactor)
        {
            Credentials = credentials;
            Redactor = redactor;
        }

        internal OssCredentials Credentials { get; }

        internal Redactor Redactor { get; }
    }
}
