using System;
using System.Management.Automation;
using OssPayment.Operations;

namespace OssPayment.Parameters;

/// <summary>Wildcard patterns of resource pools.</summary>
internal static class ResourcePoolPattern
{
    /// <summary>What every resource pool matches.</summary>
    internal const string Everything = BucketPattern.Everything;

    internal static bool IsPattern(string text) => BucketPattern.HasWildcard(text);

    /// <summary>Whether a name matches.</summary>
    /// <exception cref="OssRequestException">It is not a valid pattern.</exception>
    internal static Func<string, bool> Parse(string text)
    {
        WildcardPattern pattern = BucketPattern.Compile(text, ResourcePoolName.Invalid);
        return pattern.IsMatch;
    }
}
