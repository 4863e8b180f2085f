using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace OssPayment.Parameters;

/// <summary>One value of -Bucket: a name, a wildcard pattern, or the reason why it is neither.</summary>
internal sealed class BucketInput
{
    /// <summary>
    /// The inputs behind an array of names, for objects without a name: the parameter takes only strings, and only the
    /// transformation sees the object.
    /// </summary>
    private static readonly ConditionalWeakTable<string[], BucketInput[]> Known = new();

    private readonly OssRequestError _error;
    private readonly string? _refusal;

    private BucketInput(string name, OssRequestError error = default, string? refusal = null)
    {
        Name = name;
        _error = error;
        _refusal = refusal;
        IsPattern = refusal is null && BucketPattern.IsPattern(name);
    }

    /// <summary>All buckets of the account.</summary>
    internal static BucketInput Everything { get; } = Of(BucketPattern.Everything);

    /// <summary>An input without a name.</summary>
    internal static BucketInput Empty { get; } = Refused(
        OssRequestError.InvalidBucketName,
        "The bucket name is empty. Specify a name and remove empty lines and rows.");

    /// <summary>The name or the pattern; empty where the input is refused.</summary>
    internal string Name { get; }

    internal bool IsPattern { get; }

    internal bool IsRefused => _refusal is not null;

    internal bool IsEmpty => ReferenceEquals(this, Empty);

    internal static BucketInput Refused(OssRequestError error, string message) => new("", error, message);

    /// <summary>A name or a pattern, without spaces around it.</summary>
    internal static BucketInput Of(string? text) =>
        text is not null && Names.Trim(text) is var name && !Names.IsBlank(name) ? new(name) : Empty;

    /// <summary>The array of strings that PowerShell binds; a space stands for an input that is refused.</summary>
    internal static string[] ToNames(params BucketInput[] inputs)
    {
        string[] names = [.. inputs.Select(input => input.IsRefused ? Names.Blank : input.Name)];
        if (inputs.Any(input => input.IsRefused && !input.IsEmpty))
        {
            Known.Add(names, inputs);
        }

        return names;
    }

    /// <summary>The inputs behind the names that PowerShell bound.</summary>
    internal static IReadOnlyList<BucketInput> From(string[] names) =>
        Known.TryGetValue(names, out BucketInput[] inputs) ? inputs : [.. names.Select(Of)];

    /// <summary>Why it is neither a name nor a pattern, as an exception of its own for each target.</summary>
    internal OssRequestException ToRefusal() => new(_error, _refusal!);
}
