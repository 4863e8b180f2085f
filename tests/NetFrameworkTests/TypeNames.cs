using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace OssPayment.NetFramework.Tests;

/// <summary>
/// Writes types and signatures as text in which the assembly of a type does not show, so that they can be compared across
/// assemblies: <c>System.Collections.Generic.List`1&lt;System.String&gt;</c>.
/// </summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    internal static TypeNames Instance { get; } = new();

    internal static string Name(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Name(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : Name(reader.GetString(type.Namespace), name);
    }

    internal static string Name(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{Name(reader, outer)}+{name}"
            : Name(reader.GetString(type.Namespace), name);
    }

    internal static string Name(string typeNamespace, string name) =>
        typeNamespace.Length == 0 ? name : $"{typeNamespace}.{name}";

    /// <summary>The signature of a field or method, without its name.</summary>
    internal static string Signature(MethodSignature<string> method) =>
        $"{(method.Header.IsInstance ? "" : "static ")}{method.ReturnType}"
        + $"{(method.GenericParameterCount > 0 ? $"`{method.GenericParameterCount}" : "")}({string.Join(", ", method.ParameterTypes)})";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"*{Signature(signature)}";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Name(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Name(reader, handle);

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
}
