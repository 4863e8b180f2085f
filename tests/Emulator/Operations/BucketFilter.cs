using System;
using System.Collections.Generic;
using System.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>
/// Which buckets a listing includes: those of the caller's account, and of them those of one resource group (page
/// "ListBuckets (GetService)", Jan 18, 2024) or with certain tags (ListBucketsRequest of the vendor's SDKs V2).
/// </summary>
internal sealed record BucketFilter(
    string Account, string? ResourceGroup, string? TagKey, string? TagValue, KeyValuePair<string, string>[] Tagging)
{
    public static BucketFilter Of(OperationCall call)
    {
        string? key = call.Query.Value("tag-key");
        string? value = call.Query.Value("tag-value");
        string? tagging = call.Query.Value("tagging");
        if (value is not null && key is null)
        {
            throw ServiceErrors.InvalidArgument("The tag-value parameter requires tag-key.", "tag-value");
        }

        if (tagging is not null && key is not null)
        {
            throw ServiceErrors.InvalidArgument("The tagging parameter excludes tag-key and tag-value.", "tagging");
        }

        string? group = call.Request.Header("x-oss-resource-group-id");
        return new BucketFilter(
            call.Caller.Account, group is "" ? Bucket.DefaultResourceGroup : group, key, value, Parse(tagging ?? ""));
    }

    public bool Matches(Bucket bucket) =>
        bucket.Account == Account
        && (ResourceGroup is null || bucket.ResourceGroup == ResourceGroup)
        && (TagKey is null || bucket.Tags.ContainsKey(TagKey))
        && (TagValue is null || bucket.Tags[TagKey!] == TagValue)
        && Tagging.All(bucket.Tags.Contains);

    // "k1":"v1","k2":"v2" in the tests of the SDKs for Go and PHP, k1:v1 in the sample of the SDK for Python.
    private static KeyValuePair<string, string>[] Parse(string tagging) =>
    [
        .. tagging.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split(':', 2))
            .Select(pair => pair.Length == 2
                ? KeyValuePair.Create(pair[0].Trim('"'), pair[1].Trim('"'))
                : throw ServiceErrors.InvalidArgument("A tag is not valid.", "tagging")),
    ];
}
