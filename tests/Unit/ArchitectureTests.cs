using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OssPayment.Client;
using Xunit;

namespace OssPayment.Tests;

/// <summary>The rooms of the house, and what each of them may know.</summary>
public sealed partial class ArchitectureTests
{
    private const string Models = "Models";

    private static readonly string Source = Repository.PathOf("src");

    /// <summary>The rooms that a room may know. All may know the models, whose namespace is the module's own.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Commands"] = ["Completion", "Parameters", "Pipeline", "Operations", "Client", "Endpoints", "Text", "Time"],
        ["Completion"] = ["Parameters", "Operations", "Caching", "Client", "Endpoints", "Time", "Text"],
        ["Parameters"] = ["Operations", "Endpoints", "Text"],
        ["Pipeline"] = ["Client", "Operations", "Endpoints", "Text", "Time"],
        ["Client"] = ["Operations", "Caching", "Xml", "Credentials", "Endpoints", "Signing", "Redaction", "Transport", "Text", "Time"],
        ["Credentials"] = ["Caching", "Endpoints", "Signing", "Redaction", "Transport", "Text", "Time"],
        ["Operations"] = ["Xml", "Signing", "Endpoints", "Text"],
        ["Endpoints"] = ["Text"],
        ["Redaction"] = ["Signing", "Text"],
        ["Transport"] = ["Caching", "Redaction", "Text", "Time"],
        ["Signing"] = ["Caching", "Text"],
        ["Xml"] = [],
        [Models] = ["Xml"],
        ["Caching"] = [],
        ["Text"] = [],
        ["Time"] = [],
    };

    /// <summary>The namespaces that only some folders may use.</summary>
    private static readonly Dictionary<string, string[]> OnlyIn = new()
    {
        ["System.Management.Automation"] = ["Commands", "Completion", "Parameters"],
        ["System.Net.Http"] = ["Client", "Credentials", "Transport"],
        ["System.Net"] = ["Client", "Credentials", "Redaction", "Transport", "Endpoints"],
        ["System.Xml"] = ["Xml", "Operations", "Client", "Credentials"],
        ["System.Security.Cryptography"] = ["Signing", "Operations"],
        ["System.Threading.Tasks"] = ["Completion", "Pipeline", "Client", "Credentials", "Transport", "Time"],
    };

    public static TheoryData<string> Rooms => new(MayKnow.Keys);

    [Fact]
    public void Every_folder_of_the_source_is_listed()
    {
        string[] folders =
        [
            .. Directory.GetDirectories(Source)
                .Select(folder => Path.GetFileName(folder))
                .Where(name => name is not ("bin" or "obj"))
                .Order(),
        ];

        Assert.Equal(folders, MayKnow.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_folder_uses_only_the_folders_that_it_may_use(string room)
    {
        foreach ((string file, string text) in Sources(room))
        {
            IEnumerable<string> known = RoomName().Matches(text)
                .Select(match => match.Groups["room"].Value)
                .Where(MayKnow.ContainsKey)
                .Except([room]);

            Assert.True(known.All(MayKnow[room].Contains), $"{file} knows {string.Join(", ", known.Distinct())}.");
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_restricted_API_is_used_only_in_its_own_folders(string room)
    {
        string[] barred = [.. OnlyIn.Where(pair => !pair.Value.Contains(room)).Select(pair => pair.Key)];

        foreach ((string file, string text) in Sources(room))
        {
            Assert.All(barred, name => Assert.False(Regex.IsMatch(text, $@"\b{name}\b"), $"{file} mentions {name}."));
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Every_file_is_in_the_folder_of_its_namespace(string room)
    {
        string name = room == Models ? "OssPayment" : $"OssPayment.{room}";

        Assert.All(
            Sources(room),
            source => Assert.Contains($"\nnamespace {name};\n", "\n" + source.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_line_is_longer_than_120_characters(string room)
    {
        Assert.All(
            Sources(room),
            source => Assert.All(source.Value.Split('\n'), line => Assert.InRange(line.Length, 0, 120)));
    }

    [Fact]
    public void The_engine_has_one_entry_point()
    {
        string[] inner =
        [
            "OrderedTasks", "KeyedSequencer", "InterruptionReport", "WorkProgress", "PageBuffer", "Confirmation.",
            "WorkContext",
        ];

        foreach ((string file, string text) in MayKnow.Keys.Except(["Pipeline"]).SelectMany(Sources))
        {
            Assert.All(inner, name => Assert.False(text.Contains(name, StringComparison.Ordinal), $"{file} mentions {name}."));
        }
    }

    [Fact]
    public void Cmdlets_are_at_most_three_levels_below_PSCmdlet()
    {
        Dictionary<string, string> bases = Sources("Commands")
            .SelectMany(source => ClassWithBase().Matches(source.Value))
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["base"].Value);
        string[] cmdlets = [.. bases.Keys.Where(name => name.EndsWith("Command", StringComparison.Ordinal))];

        Assert.Equal(10, cmdlets.Length);
        Assert.All(cmdlets, cmdlet => Assert.InRange(LevelsBelowPSCmdlet(cmdlet, bases), 1, 3));
    }

    [Theory]
    [InlineData(@"DateTime(Offset)?\.(UtcNow|Now|Today)|TickCount|\bStopwatch\b", "Clock.cs")]
    [InlineData(@"Task\.Delay|Thread\.Sleep", "Clock.cs")]
    [InlineData(@"CancelAfter|CancellationTokenSource(\(| \w+ = new\()\w|\bTimer\b", "CompletionSource.cs", "HttpClients.cs", "HttpExchange.cs")]
    public void The_system_clock_is_used_in_one_place(string pattern, params string[] files)
    {
        IEnumerable<string> users = MayKnow.Keys
            .SelectMany(Sources)
            .Where(source => Regex.IsMatch(source.Value, pattern))
            .Select(source => Path.GetFileName(source.Key));

        Assert.Equal(files, users.Order());
    }

    [Fact]
    public void Secrets_are_read_from_the_environment_in_one_place()
    {
        IEnumerable<string> readers = MayKnow.Keys
            .SelectMany(Sources)
            .Where(source => Regex.IsMatch(source.Value, """GetEnvironmentVariable\((?!"OSS_(REGION|ENDPOINT)")"""))
            .Select(source => Path.GetFileName(source.Key));

        Assert.Equal(["CredentialVariables.cs"], readers);
    }

    [Fact]
    public void The_limits_are_named_only_in_one_table_and_as_properties()
    {
        string[] quoting =
        [
            .. MayKnow.Keys
                .SelectMany(Sources)
                .Where(source => QuotedLimit().IsMatch(source.Value))
                .Select(source => Path.GetFileName(source.Key)),
        ];

        Assert.Equal(["QoSLimits.cs"], quoting);
    }

    [Fact]
    public void The_assembly_references_only_what_PowerShell_contains()
    {
        string[] references = [.. typeof(OssClient).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Order()];

        Assert.Equal(["System.Management.Automation", "netstandard"], references);
    }

    [GeneratedRegex(@"\bOssPayment\.(?<room>\w+)|(?<![\w.])(?<room>Commands|Completion|Parameters|Pipeline|Operations|Caching|Credentials|Endpoints|Redaction|Transport|Signing|Xml)\.\w")]
    private static partial Regex RoomName();

    [GeneratedRegex(@"class (?<name>\w+) : (?<base>\w+)")]
    private static partial Regex ClassWithBase();

    [GeneratedRegex(@"""(Total|Intranet|Extranet)((Up|Down)loadBandwidth|Qps)""|nameof\((Total|Intranet|Extranet)")]
    private static partial Regex QuotedLimit();

    private static int LevelsBelowPSCmdlet(string name, Dictionary<string, string> bases) =>
        name == "PSCmdlet" ? 0 : 1 + LevelsBelowPSCmdlet(bases[name], bases);

    private static Dictionary<string, string> Sources(string room)
    {
        string[] files = Directory.GetFiles(Path.Combine(Source, room), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return files.ToDictionary(
            file => Path.GetRelativePath(Source, file),
            file => File.ReadAllText(file).ReplaceLineEndings("\n"));
    }
}
