using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OssPayment.Operations;
using OssPayment.Text;

namespace OssPayment.Parameters;

/// <summary>
/// Takes names as names, and nothing else: without it, any piped object would become the name of its type.
/// </summary>
/// <remarks>
/// What a piped object lacks is known here alone, where nothing can be said in the order of the input. So the refusal
/// takes the place of the name, behind a character that no name begins with, and the cmdlet reports it in its turn.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BucketNamesAttribute : ArgumentTransformationAttribute
{
    private const string ResourcePool = nameof(ResourcePool);

    private const char NoBucketMark = ' ';
    private const char TwoOwnersMark = '\t';

    private const int MostProperties = 10;

    private static readonly string[] Properties = ["Bucket", "BucketName", "Name"];

    /// <summary>Whether an object may name a resource pool in place of a bucket.</summary>
    public bool OrResourcePool { get; set; }

    /// <summary>Lets names pass.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>
    /// The names, without blanks around them; in place of one that is missing, what the cmdlet says of it.
    /// </returns>
    /// <exception cref="ArgumentTransformationMetadataException">
    /// It is an object. PowerShell then looks for the name in its properties.
    /// </exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = Given.Unwrap(inputData);
        if (IsName(given))
        {
            return Names.Read(inputData);
        }

        // Collections of every kind, of which PowerShell itself converts only some.
        if (given is IEnumerable items and not IDictionary)
        {
            object?[] names = [.. items.Cast<object?>().Select(Given.Unwrap)];
            return names.All(IsName) ? Names.Read(names) : throw NotAName();
        }

        return Refusal(PSObject.AsPSObject(inputData)) ?? throw NotAName();
    }

    /// <summary>What the cmdlet says in place of working on a name; null for one that it can work on.</summary>
    internal static OssRequestException? RefusalIn(string name) => name[0] switch
    {
        _ when Names.IsBlank(name) => BucketName.Invalid(
            "No bucket is named: a blank stands in place of the name. Give a name, and leave blank lines and rows "
            + "without a bucket out."),
        NoBucketMark => BucketName.Invalid(name.Substring(1)),
        TwoOwnersMark => new OssRequestException(OssRequestError.AmbiguousParameterSet, name.Substring(1)),
        _ => null,
    };

    private static bool IsName(object? given) => given is null or string or ValueType;

    private static ArgumentTransformationMetadataException NotAName()
    {
        const string Message = "An object is not a bucket name.";
        return new ArgumentTransformationMetadataException(Message, new PSInvalidCastException(Message));
    }

    private string? Refusal(PSObject piped)
    {
        string? property = Properties.FirstOrDefault(name => piped.Properties[name] is not null);
        bool hasPool = OrResourcePool && piped.Properties[ResourcePool] is not null;
        if (property is null)
        {
            return hasPool ? null : NoBucketMark + WithoutBucket(piped);
        }

        return hasPool && TextOf(piped, property) is { } bucket && TextOf(piped, ResourcePool) is { } pool
            ? TwoOwnersMark + $"The object names a bucket ({bucket}) and a resource pool ({pool}), and limits are "
                + "those of the one or of the other. Leave one of the two blank."
            : null;
    }

    private string WithoutBucket(PSObject piped)
    {
        string[] names = [.. piped.Properties.Select(property => property.Name).Take(MostProperties + 1)];
        IEnumerable<string> shown = names.Take(MostProperties).Select(name => Sanitizer.Sanitize(name, 40));
        string has = names.Length == 0 ? "no properties"
            : $"the properties {string.Join(", ", shown)}{(names.Length > MostProperties ? " and more" : "")}";
        string looked = string.Join(", ", Properties) + (OrResourcePool ? ", " + ResourcePool : "");
        return $"An object was piped in that names no bucket: it has {has}. Looked for: {looked}. Pipe in names, or "
            + "objects with one of these.";
    }

    /// <summary>A property as text to show; null for a blank.</summary>
    private static string? TextOf(PSObject piped, string property)
    {
        string text = LanguagePrimitives.ConvertTo<string>(piped.Properties[property].Value) ?? "";
        return string.IsNullOrWhiteSpace(text) ? null : Sanitizer.Sanitize(text.Trim(), 80);
    }
}
