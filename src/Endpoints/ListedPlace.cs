namespace OssPayment.Endpoints;

/// <summary>Where the account's listing places a bucket, as OSS sent it: nothing is checked here.</summary>
/// <param name="Region">The region, with or without the prefix <c>oss-</c>.</param>
/// <param name="ExtranetEndpoint">The public host; null if the listing has none.</param>
/// <param name="IntranetEndpoint">The internal host; null if the listing has none.</param>
internal readonly record struct ListedPlace(string Region, string? ExtranetEndpoint, string? IntranetEndpoint);
