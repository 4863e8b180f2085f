using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OssPayment.NetFramework.Tests;

/// <summary>Types and members in a folder of reference assemblies.</summary>
internal sealed class ReferenceAssemblies : IDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, PEReader?> _opened = [];

    internal ReferenceAssemblies(string folder)
    {
        _folder = folder;
    }

    public void Dispose()
    {
        foreach (PEReader? assembly in _opened.Values)
        {
            assembly?.Dispose();
        }
    }

    internal bool HasType(string assembly, string type) => Find(assembly, type) is not null;

    /// <summary>Whether a type has a member of this name and signature, its own or inherited.</summary>
    internal bool HasMember(string assembly, string type, string name, string signature)
    {
        for ((MetadataReader Reader, TypeDefinition Type)? found = Find(assembly, type); found is not null; found = FindBase(found.Value))
        {
            if (Members(found.Value.Reader, found.Value.Type).Contains((name, signature)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<(string Name, string Signature)> Members(MetadataReader reader, TypeDefinition type)
    {
        foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            yield return (reader.GetString(method.Name), TypeNames.Signature(method.DecodeSignature(TypeNames.Instance, null)));
        }

        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            yield return (reader.GetString(field.Name), field.DecodeSignature(TypeNames.Instance, null));
        }
    }

    private (MetadataReader Reader, TypeDefinition Type)? FindBase((MetadataReader Reader, TypeDefinition Type) derived)
    {
        (MetadataReader reader, TypeDefinition type) = derived;
        return type.BaseType.Kind switch
        {
            HandleKind.TypeDefinition when !type.BaseType.IsNil =>
                (reader, reader.GetTypeDefinition((TypeDefinitionHandle)type.BaseType)),
            HandleKind.TypeReference => Find(
                AssemblyOf(reader, (TypeReferenceHandle)type.BaseType), TypeNames.Name(reader, (TypeReferenceHandle)type.BaseType)),
            _ => null,
        };
    }

    /// <summary>The name of the assembly that a reference looks for the type in.</summary>
    internal static string AssemblyOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference =>
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => "",
        };
    }

    /// <summary>The type, in the assembly or in the one that it forwards the type to.</summary>
    private (MetadataReader Reader, TypeDefinition Type)? Find(string assembly, string type)
    {
        if (Open(assembly) is not { } reader)
        {
            return null;
        }

        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            if (TypeNames.Name(reader, handle) == type)
            {
                return (reader, reader.GetTypeDefinition(handle));
            }
        }

        string outermost = type.Split('+')[0];
        foreach (ExportedType exported in reader.ExportedTypes.Select(reader.GetExportedType))
        {
            if (exported.Implementation.Kind == HandleKind.AssemblyReference
                && TypeNames.Name(reader.GetString(exported.Namespace), reader.GetString(exported.Name)) == outermost)
            {
                AssemblyReference target = reader.GetAssemblyReference((AssemblyReferenceHandle)exported.Implementation);
                return Find(reader.GetString(target.Name), type);
            }
        }

        return null;
    }

    /// <returns>null where there is no such assembly.</returns>
    private MetadataReader? Open(string assembly)
    {
        if (!_opened.TryGetValue(assembly, out PEReader? opened))
        {
            string? path = new[] { _folder, Path.Combine(_folder, "Facades") }
                .Select(folder => Path.Combine(folder, $"{assembly}.dll"))
                .FirstOrDefault(File.Exists);
            opened = path is null ? null : new PEReader(File.OpenRead(path));
            _opened.Add(assembly, opened);
        }

        return opened?.GetMetadataReader();
    }
}
