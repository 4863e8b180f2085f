using OssPayment.Emulator.Operations;
using OssPayment.Emulator.Signing;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>What a request addresses, whichever addressing style it uses.</summary>
/// <param name="Bucket">The bucket, or null for the service.</param>
/// <param name="Region">The region whose endpoint was asked; null where the endpoint serves every region.</param>
/// <param name="Key">The object's name, decoded; empty for the bucket itself.</param>
/// <param name="RawQuery">The query, not decoded.</param>
internal sealed record RequestAddress(string? Bucket, string? Region, string Key, string RawQuery)
{
    public static RequestAddress Read(RecordedRequest request, EmulatorState state)
    {
        HostMeaning host = HostMeaning.Read(request.Host, state) ?? throw ServiceErrors.UnknownHost(request.Host);
        var target = RequestTarget.Read(request.RawTarget);
        string path = PercentEncoding.Decode(target.Path[1..]);
        if (host.Bucket is not null)
        {
            return new RequestAddress(host.Bucket, host.Region, path, target.Query);
        }

        if (path.Length == 0)
        {
            return new RequestAddress(null, host.Region, "", target.Query);
        }

        if (!host.AllowsPathStyle)
        {
            throw ServiceErrors.PathStyleForbidden();
        }

        string[] parts = path.Split('/', 2);
        return new RequestAddress(parts[0], host.Region, parts.Length == 2 ? parts[1] : "", target.Query);
    }
}
