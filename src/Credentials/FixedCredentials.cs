using System.Threading;
using System.Threading.Tasks;
using OssPayment.Signing;

namespace OssPayment.Credentials;

/// <summary>Credentials in the environment itself.</summary>
internal sealed class FixedCredentials : ICredentialProvider
{
    private readonly Task<OssCredentials> _credentials;

    internal FixedCredentials(OssCredentials credentials)
    {
        _credentials = Task.FromResult(credentials);
        Identity = credentials.AccessKeyId;
    }

    public string? Source => null;

    public string Identity { get; }

    public Task<OssCredentials> GetAsync(CancellationToken cancellation) => _credentials;

    public bool Discard(OssCredentials credentials) => false;
}
