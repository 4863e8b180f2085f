using System.Linq;
using System.Reflection;

namespace OssPayment.Cmdlets.Tests;

/// <summary>Where this suite's sources are, as the build noted it.</summary>
internal static class SuiteFolder
{
    internal static string Path { get; } = Metadata("SuiteFolder");

    /// <summary>The configuration that was built, whose emulator the suite starts.</summary>
    internal static string Configuration { get; } = Metadata("Configuration");

    private static string Metadata(string key) => typeof(SuiteFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
