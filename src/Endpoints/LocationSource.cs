using System;

namespace OssPayment.Endpoints;

/// <summary>
/// A region and an endpoint from one source: the pipeline, the command line or the environment.
/// </summary>
internal sealed record LocationSource
{
    internal LocationSource(string? region, string? endpoint)
    {
        Region = string.IsNullOrWhiteSpace(region) ? null : region;
        Endpoint = string.IsNullOrWhiteSpace(endpoint) ? null : endpoint;
    }

    internal string? Region { get; }

    internal string? Endpoint { get; }

    /// <summary>The defaults in the environment at this moment.</summary>
    internal static LocationSource FromEnvironment() => new(
        Environment.GetEnvironmentVariable("OSS_REGION"), Environment.GetEnvironmentVariable("OSS_ENDPOINT"));
}
