namespace OssPayment.Endpoints;

/// <summary>Where the account's listing places a bucket.</summary>
/// <param name="Region">The region as OSS sent it, with or without the prefix <c>oss-</c>.</param>
/// <param name="ExtranetEndpoint">The public host; null if the listing has no OSS host.</param>
/// <param name="IntranetEndpoint">The internal host; null if the listing has no OSS host.</param>
internal sealed record ListedPlace(string Region, string? ExtranetEndpoint, string? IntranetEndpoint);
