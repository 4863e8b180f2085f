using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OssPayment.NetFramework.Tests;

/// <summary>The references of an assembly to other assemblies, and those that are missing.</summary>
/// <param name="Types">The number of types that it uses.</param>
/// <param name="Members">The number of their members that it uses.</param>
/// <param name="Missing">Those of both that are not in the reference assemblies.</param>
internal sealed record ReferenceCheck(int Types, int Members, IReadOnlyList<string> Missing)
{
    /// <summary>PowerShell is not part of .NET Framework; PowerShellStandard lists its members.</summary>
    private const string PowerShell = "System.Management.Automation";

    internal static ReferenceCheck Run(string assembly, ReferenceAssemblies available)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader reader = file.GetMetadataReader();

        // The assembly in which each type is searched. The types of a signature do not contain it.
        Dictionary<string, string> types = reader.TypeReferences
            .Where(handle => ReferenceAssemblies.AssemblyOf(reader, handle) is not (PowerShell or ""))
            .ToDictionary(handle => TypeNames.Name(reader, handle), handle => ReferenceAssemblies.AssemblyOf(reader, handle));
        var missing = types.Where(type => !available.HasType(type.Value, type.Key)).Select(type => type.Key).ToList();

        int members = 0;
        foreach (MemberReference member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            string type = TypeOf(reader, member);
            if (!types.TryGetValue(type, out string? home))
            {
                // Of the assembly itself, of PowerShell, or of an array.
                continue;
            }

            members++;
            string name = reader.GetString(member.Name);
            string signature = member.GetKind() == MemberReferenceKind.Method
                ? TypeNames.Signature(member.DecodeMethodSignature(TypeNames.Instance, null))
                : member.DecodeFieldSignature(TypeNames.Instance, null);
            if (!available.HasMember(home, type, name, signature))
            {
                missing.Add($"{type}.{name}: {signature}");
            }
        }

        return new ReferenceCheck(types.Count, members, missing);
    }

    /// <summary>The type that a member is of; of a generic one, without its arguments.</summary>
    private static string TypeOf(MetadataReader reader, MemberReference member) => member.Parent.Kind switch
    {
        HandleKind.TypeReference => TypeNames.Name(reader, (TypeReferenceHandle)member.Parent),
        HandleKind.TypeSpecification => WithoutArguments(
            reader.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(TypeNames.Instance, null)),
        _ => "",
    };

    private static string WithoutArguments(string type) => type.EndsWith('>') ? type[..type.IndexOf('<')] : type;
}
