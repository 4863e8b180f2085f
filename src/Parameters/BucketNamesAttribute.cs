using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OssPayment.Text;

namespace OssPayment.Parameters;

/// <summary>Accepts only names. Without it, PowerShell would use the type name of a piped object as a bucket.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BucketNamesAttribute : ArgumentTransformationAttribute
{
    private const string ResourcePool = nameof(ResourcePool);

    private const int MaximumProperties = 10;

    private static readonly string[] Properties = ["Bucket", "BucketName", "Name"];

    private static readonly string[] RequesterProperties = ["Requester", "Uid", "QoSRequester"];

    /// <summary>Whether an object may have a resource pool instead of a bucket.</summary>
    public bool OrResourcePool { get; set; }

    /// <summary>
    /// Whether an object must not have a requester, because its limits are those of the requester at the bucket.
    /// </summary>
    public bool NotOfRequester { get; set; }

    /// <summary>Reads names.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">A name, a collection of names, or an object.</param>
    /// <returns>
    /// The names, without spaces around them. The cmdlet reports a missing name in the order of the input.
    /// </returns>
    /// <exception cref="ArgumentTransformationMetadataException">
    /// It is an object. PowerShell then looks for the name in its properties.
    /// </exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = RawValue.Unwrap(inputData);
        if (Names.IsName(value))
        {
            return BucketInput.ToNames(ToInput(value));
        }

        // Collections of every kind, of which PowerShell itself converts only some.
        if (value is IEnumerable items and not IDictionary)
        {
            object?[] names = [.. items.Cast<object?>().Select(RawValue.Unwrap)];
            return names.All(Names.IsName) ? BucketInput.ToNames([.. names.Select(ToInput)]) : throw NotAName();
        }

        return Refusal(PSObject.AsPSObject(inputData)) is { } refusal ? BucketInput.ToNames(refusal) : throw NotAName();
    }

    private static ArgumentTransformationMetadataException NotAName() =>
        Names.Refusal("An object is not a bucket name.");

    private static BucketInput ToInput(object? name) => BucketInput.Of(LanguagePrimitives.ConvertTo<string>(name));

    private BucketInput? Refusal(PSObject piped)
    {
        string? property = Properties.FirstOrDefault(name => piped.Properties[name] is not null);
        bool hasPool = OrResourcePool && piped.Properties[ResourcePool] is not null;
        if (property is null)
        {
            return hasPool ? null : BucketInput.Refused(OssRequestError.InvalidBucketName, WithoutBucket(piped));
        }

        string? uid = NotOfRequester
            ? RequesterProperties.Select(name => TextOf(piped, name)).FirstOrDefault(text => text is not null)
            : null;
        if (uid is not null)
        {
            return BucketInput.Refused(
                OssRequestError.AmbiguousParameterSet,
                $"The object has a requester ({uid}), and this cmdlet changes a bucket's own limits. Use "
                + "Set-OssRequesterQoSInfo or Remove-OssRequesterQoSInfo, or specify only the bucket.");
        }

        return hasPool && TextOf(piped, property) is { } bucket && TextOf(piped, ResourcePool) is { } pool
            ? BucketInput.Refused(
                OssRequestError.AmbiguousParameterSet,
                $"The object has both a bucket ({bucket}) and a resource pool ({pool}). Specify only one.")
            : null;
    }

    private string WithoutBucket(PSObject piped)
    {
        string[] names = [.. piped.Properties.Select(property => property.Name).Take(MaximumProperties + 1)];
        IEnumerable<string> shown = names.Take(MaximumProperties).Select(name => Sanitizer.Sanitize(name, 40));
        string has = names.Length == 0 ? "no properties"
            : $"the properties {string.Join(", ", shown)}{(names.Length > MaximumProperties ? " and more" : "")}";
        string expected = string.Join(", ", Properties) + (OrResourcePool ? ", " + ResourcePool : "");
        return $"The piped object has no bucket name. It has {has}; expected one of {expected}.";
    }

    /// <summary>A property as text to show; null if it is empty.</summary>
    private static string? TextOf(PSObject piped, string property)
    {
        string text = LanguagePrimitives.ConvertTo<string>(piped.Properties[property]?.Value) ?? "";
        return string.IsNullOrWhiteSpace(text) ? null : Sanitizer.Sanitize(text.Trim(), 80);
    }
}
