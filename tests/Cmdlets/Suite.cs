using System.Linq;
using System.Reflection;

namespace OssPayment.Cmdlets.Tests;

/// <summary>The paths of the suite and its tools, as the build recorded them.</summary>
internal static class Suite
{
    /// <summary>The folder of the Pester files.</summary>
    internal static string Folder { get; } = Metadata("SuiteFolder");

    /// <summary>The configuration that was built, whose emulator the suite starts.</summary>
    internal static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The manifest of the module Pester, in the package.</summary>
    internal static string Pester { get; } = Metadata("Pester");

    /// <summary>The folder of the library YamlDotNet in its package, with a folder for each framework.</summary>
    internal static string YamlDotNet { get; } = Metadata("YamlDotNet");

    private static string Metadata(string key) => typeof(Suite).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
