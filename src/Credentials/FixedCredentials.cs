using System.Threading;
using System.Threading.Tasks;
using OssPayment.Signing;

namespace OssPayment.Credentials;

/// <summary>The credentials that the environment itself holds.</summary>
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
