using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using OssPayment.Parameters;

namespace OssPayment.Completion;

/// <summary>A command that is being typed, with the values of its parameters as far as they are known.</summary>
internal sealed class TypedCommand
{
    private const string Defaults = "PSDefaultParameterValues";

    private static readonly ScriptBlock ReadDefaults = ScriptBlock.Create($"${Defaults}");

    private static readonly ScriptBlock ReadPath = ScriptBlock.Create("$ExecutionContext.SessionState.Path");

    private readonly string _name;
    private readonly IDictionary _typed;
    private readonly Lazy<IDictionary> _defaults = new(() => (IDictionary)ReadDefaults.Invoke()[0].BaseObject);

    /// <param name="name">The cmdlet.</param>
    /// <param name="typed">The parameters that were typed.</param>
    internal TypedCommand(string name, IDictionary typed)
    {
        _name = name;
        _typed = typed;
    }

    internal bool Has(string parameter) => _typed.Contains(parameter);

    /// <summary>
    /// What was typed for a parameter, else what <c>$PSDefaultParameterValues</c> has; null where there is neither.
    /// </summary>
    /// <exception cref="PSInvalidCastException">It is not of the parameter's type.</exception>
    internal TValue? Read<TValue>(string parameter) =>
        (_typed.Contains(parameter) ? _typed[parameter] : DefaultOf(parameter)) is { } value
            ? LanguagePrimitives.ConvertTo<TValue>(value)
            : default;

    /// <summary>The full path of a path as the user writes it; null if that is not in the file system.</summary>
    internal static string? FindFile(string path) =>
        FilePath.Find((PathIntrinsics)ReadPath.Invoke()[0].BaseObject, path);

    private object? DefaultOf(string parameter) =>
        _defaults.Value.Contains("Disabled") && LanguagePrimitives.IsTrue(_defaults.Value["Disabled"])
            ? null
            : _defaults.Value.Keys.OfType<string>()
                .Where(key => IsFor(key.Split(':'), parameter))
                .Select(key => _defaults.Value[key])
                .FirstOrDefault();

    private bool IsFor(string[] key, string parameter) =>
        key.Length == 2
        && new WildcardPattern(key[0].Trim(), WildcardOptions.IgnoreCase).IsMatch(_name)
        && new WildcardPattern(key[1].Trim(), WildcardOptions.IgnoreCase).IsMatch(parameter);
}
