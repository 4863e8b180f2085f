using OssPayment.Endpoints;

namespace OssPayment.Operations;

/// <summary>A bucket in the account's listing.</summary>
/// <remarks>Neither is checked here, so that an invalid one is that bucket's error.</remarks>
/// <param name="Name">The name, safe to show.</param>
/// <param name="Place">The place as OSS sent it.</param>
internal readonly record struct ListedBucket(string Name, ListedPlace Place);
