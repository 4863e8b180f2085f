using System.Threading;
using System.Threading.Tasks;
using OssPayment.Signing;

namespace OssPayment.Credentials;

/// <summary>Credentials in the environment itself.</summary>
internal sealed class FixedCredentials(OssCredentials credentials) : ICredentialProvider
{
    private readonly Task<OssCredentials> _credentials = Task.FromResult(credentials);

    public string? Source => null;

    public string Identity { get; } = credentials.AccessKeyId;

    public Task<OssCredentials> GetAsync(CancellationToken cancellation) => _credentials;

    public bool Discard(OssCredentials credentials) => false;
}
