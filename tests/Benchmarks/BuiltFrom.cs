using System.Linq;
using System.Reflection;

namespace OssPayment.Benchmarks;

/// <summary>The commit and the configuration of this build.</summary>
internal static class BuiltFrom
{
    internal static string Root { get; } = Metadata("Root");

    internal static string Configuration { get; } = Metadata("Configuration");

    private static string Metadata(string key) => typeof(BuiltFrom).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
