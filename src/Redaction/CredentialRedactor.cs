using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using OssPayment.Signing;

namespace OssPayment.Redaction;

/// <summary>Provides redactors for the secrets in use: those of the proxies and of the credentials.</summary>
/// <remarks>The latest redactor is kept until the credentials are renewed, because it takes time to create.</remarks>
internal sealed class CredentialRedactor
{
    private readonly string[] _proxySecrets;
    private Tuple<OssCredentials, Redactor>? _last;

    /// <param name="logins">The proxies' credentials.</param>
    internal CredentialRedactor(IEnumerable<NetworkCredential> logins)
    {
        // A proxy that echoes a request shows the password in base64, after the user name.
        _proxySecrets =
        [
            .. logins
                .Where(login => login.Password.Length > 0)
                .SelectMany(login => new[] { login.Password, $"{login.UserName}:{login.Password}" }),
        ];
    }

    internal Redactor For(OssCredentials credentials)
    {
        if (_last is not { } last || last.Item1 != credentials)
        {
            string?[] secrets = [credentials.AccessKeySecret, credentials.SecurityToken, .. _proxySecrets];
            _last = last = Tuple.Create(credentials, new Redactor(secrets));
        }

        return last.Item2;
    }
}
