using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace OssPayment.Tests.Models;

/// <summary>Exceptions are values: what is learned later is on a copy.</summary>
public sealed class OssExceptionTests
{
    private const BindingFlags Members =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static TheoryData<Type> Types => [typeof(OssServiceException), typeof(OssRequestException)];

    [Theory]
    [MemberData(nameof(Types))]
    public void An_exception_cannot_be_changed(Type type)
    {
        IEnumerable<PropertyInfo> changeable = PropertiesOf(type).Where(property => property.SetMethod is { } set
            && set.ReturnParameter.GetRequiredCustomModifiers().All(modifier => modifier.Name != "IsExternalInit"));

        Assert.Empty(changeable);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_copy_has_all_fields_of_the_exception(Type type)
    {
        var original = (OssException)RuntimeHelpers.GetUninitializedObject(type);
        FieldInfo[] fields = [.. FieldsOf(type)];
        foreach (FieldInfo field in fields)
        {
            field.SetValue(original, ValueOf(field.FieldType));
        }

        OssException copy = original is OssServiceException refusal
            ? new OssServiceException(refusal)
            : new OssRequestException((OssRequestException)original);

        Assert.Equal(original.Message, copy.Message);
        Assert.All(fields, field => Assert.Equal((field.Name, field.GetValue(original)), (field.Name, field.GetValue(copy))));
    }

    [Fact]
    public void Advice_is_added_to_the_message_of_the_copy()
    {
        var original = new OssRequestException(OssRequestError.RequestFailed, "It failed.");

        Assert.Equal("It failed. Try this.", new OssRequestException(original, "Try this.").Message);
    }

    private static IEnumerable<Type> ClassesOf(Type type) => [type, typeof(OssException)];

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        ClassesOf(type).SelectMany(known => known.GetProperties(Members));

    private static IEnumerable<FieldInfo> FieldsOf(Type type) =>
        ClassesOf(type).SelectMany(known => known.GetFields(Members));

    private static object ValueOf(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(int) => 7,
        _ when type == typeof(bool) => true,
        _ when type == typeof(Uri) => new Uri("https://localhost"),
        _ when type == typeof(OssRequestError) => OssRequestError.RequestTimedOut,
        _ when type == typeof(DateTimeOffset?) => DateTimeOffset.UnixEpoch,
        _ => throw new NotSupportedException($"{type}"),
    };
}
