using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OssPayment.Client;
using Xunit;

namespace OssPayment.Tests;

/// <summary>The rooms of the house, and which of them may know which.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Source = Path.Combine(RepositoryRoot(), "src");

    private static readonly Dictionary<string, string> Rooms = new()
    {
        ["Client"] = "OssPayment.Client",
        ["Commands"] = "OssPayment.Commands",
        ["Models"] = "OssPayment",
        ["Signing"] = "OssPayment.Signing",
        ["Transport"] = "OssPayment.Transport",
    };

    [Fact]
    public void Only_the_cmdlets_know_PowerShell()
    {
        AssertNone(["Client", "Signing", "Transport", "Models"], "System.Management.Automation");
        Assert.Contains(Sources("Commands"), source => source.Value.Contains("System.Management.Automation", StringComparison.Ordinal));
    }

    [Fact]
    public void The_cmdlets_know_nothing_of_http_xml_and_signatures()
    {
        AssertNone(["Commands"], "System.Net", "System.Xml", "OssPayment.Signing", "SignerV4", "HttpClient", "XmlReader");
    }

    [Fact]
    public void Signing_and_transport_know_nothing_above_them_nor_each_other()
    {
        AssertNone(["Signing"], "OssPayment.Client", "OssPayment.Commands", "OssPayment.Transport", "System.Net", "System.Xml");
        AssertNone(["Transport"], "OssPayment.Client", "OssPayment.Commands", "OssPayment.Signing", "System.Xml");
    }

    [Fact]
    public void The_client_knows_no_cmdlet_and_the_models_know_nobody()
    {
        AssertNone(["Client"], "OssPayment.Commands");
        AssertNone(["Models"], "OssPayment.Client", "OssPayment.Commands", "OssPayment.Signing", "OssPayment.Transport", "System.Net", "System.Xml");
    }

    [Fact]
    public void Every_file_is_in_the_room_that_its_namespace_names()
    {
        foreach ((string room, string name) in Rooms)
        {
            Assert.NotEmpty(Sources(room));
            Assert.All(Sources(room), source => Assert.Contains($"\nnamespace {name};\n", "\n" + source.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Environment_variables_give_no_secret_but_in_one_place()
    {
        IEnumerable<string> readers = Rooms.Keys
            .SelectMany(Sources)
            .Where(source => source.Value.Contains("_SECRET", StringComparison.Ordinal))
            .Select(source => Path.GetFileName(source.Key));

        Assert.Equal(["EnvironmentCredentials.cs"], readers);
    }

    [Fact]
    public void The_assembly_needs_nothing_that_PowerShell_does_not_bring()
    {
        string[] references = [.. typeof(OssClient).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Order()];

        Assert.Equal(["System.Management.Automation", "netstandard"], references);
    }

    private static void AssertNone(string[] rooms, params string[] words)
    {
        foreach ((string file, string text) in rooms.SelectMany(Sources))
        {
            foreach (string word in words)
            {
                Assert.False(text.Contains(word, StringComparison.Ordinal), $"{file} mentions {word}.");
            }
        }
    }

    private static Dictionary<string, string> Sources(string room)
    {
        string[] files = Directory.GetFiles(Path.Combine(Source, room), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return files.ToDictionary(
            file => Path.GetRelativePath(Source, file),
            file => File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OssPayment.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds OssPayment.psd1.");
    }
}
