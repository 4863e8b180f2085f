using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace OssPayment.Tests;

/// <summary>The files of the repository that the tests run in.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The source files of the module, with their text.</summary>
    internal static IEnumerable<(string File, string Text)> Sources() =>
        Directory.EnumerateFiles(PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OssPayment.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new DirectoryNotFoundException("No folder above the tests contains OssPayment.psd1.");
    }
}
