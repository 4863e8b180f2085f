using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace OssPayment.Tests.Fuzz;

/// <summary>Generators: what is right, what is nearly right, and anything.</summary>
internal static class Any
{
    private const string NameCharacters = "abcxyz0189-";

    /// <summary>Characters with a meaning in a part of a request.</summary>
    private const string Sharp = "@/\\?#:%[]{}.-_~&=+;,'\"<>!*|$ \t\r\n\0\u001b\u007f\u0085\u200b\u202e\u2028\u3002\uff0e\uff0f\ufeffA\u00e9\u0130\u0131";

    internal static Gen<char> SharpCharacter { get; } = Gen.Elements<char>(Sharp);

    /// <summary>Any UTF-16 at all, half a surrogate pair included.</summary>
    internal static Gen<string> Text { get; } =
        Gen.OneOf(Gen.Choose(0, 127), Gen.Choose(0, 0xFFFF), Gen.Elements<char>(Sharp).Select(c => (int)c))
            .Select(c => (char)c).ArrayOf().Select(characters => new string(characters));

    /// <summary>Visible ASCII, as credentials are.</summary>
    internal static Gen<string> Visible { get; } =
        Gen.Choose('!', '~').Select(c => (char)c).NonEmptyListOf().Select(string.Concat);

    internal static Gen<string> Name { get; } = Gen.Choose(3, 63).SelectMany(length => NameOf(length));

    internal static Gen<string> BucketName { get; } = Mostly(Name, Mutated(Name), Text);

    internal static Gen<string> Region { get; } = Mostly(
        Gen.Elements("cn-hangzhou", "us-west-1", "oss-cn-beijing", "ap-southeast-1"),
        Mutated(Gen.Elements("cn-hangzhou", "oss-us-west-1", "cn-hangzhou-internal", "oss-accelerate")),
        Text);

    internal static Gen<string> Uid { get; } = Mostly(Gen.Elements("300100", "1234567890123456", "a_b-C"), Mutated(Gen.Elements("300100")), Text);

    internal static Gen<string> Host { get; } = Gen.OneOf(
        Gen.Elements(
            "oss-cn-hangzhou.aliyuncs.com", "oss-us-west-1-internal.aliyuncs.com", "cn-beijing.oss.aliyuncs.com", "oss-accelerate.aliyuncs.com", "oss-accelerate-overseas.aliyuncs.com",
            "static.example.com", "OSS-CN-Hangzhou.Aliyuncs.com", "192.0.2.7", "[2001:db8::7]", "xn--bcher-kva.example", "localhost.example"),
        Gen.Choose(1, 4).SelectMany(count => NameOf(9).ArrayOf(count)).Select(labels => string.Join('.', labels) + ".example"));

    /// <summary>A host, with or without scheme, port and slash; plain http mostly, because then all of a request is seen.</summary>
    internal static Gen<string> Endpoint { get; } = Mostly(Url, Mutated(Url), Text);

    private static Gen<string> Url =>
        from scheme in Gen.Frequency((6, Gen.Constant("http://")), (1, Gen.Elements("https://", "", "HTTP://")))
        from host in Host
        from port in Gen.Elements("", "", ":8080", ":80", ":65535")
        from slash in Gen.Elements("", "", "/")
        select scheme + host + port + slash;

    /// <summary>The right thing, with a few characters put in, taken out or put in the place of others.</summary>
    internal static Gen<string> Mutated(Gen<string> right) =>
        from text in right
        from edits in (from at in Gen.Choose(0, 1000)
                       from kind in Gen.Choose(0, 2)
                       from character in SharpCharacter
                       select (at, kind, character)).ListOf(2)
        select edits.Aggregate(text, (old, edit) => Edit(old, edit.at % (old.Length + 1), edit.kind, edit.character));

    /// <summary>Bytes, with a few ranges of them spoilt.</summary>
    internal static Gen<byte[]> Mutated(Gen<byte[]> right) =>
        from bytes in right
        from edits in (from at in Gen.Choose(0, 100_000)
                       from length in Gen.Choose(0, 20)
                       from kind in Gen.Choose(0, 3)
                       from junk in Bytes(length)
                       select (at, length, kind, junk)).ListOf(2)
        select edits.Aggregate(bytes, (old, edit) => Edit(old, edit.at % (old.Length + 1), edit.length, edit.kind, edit.junk));

    internal static Gen<byte[]> Bytes(int length) => Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf(length);

    internal static Gen<byte[]> Bytes() => Gen.Choose(0, 400).SelectMany(Bytes);

    private static Gen<T> Mostly<T>(Gen<T> right, Gen<T> nearlyRight, Gen<T> anything) =>
        Gen.Frequency((16, right), (3, nearlyRight), (1, anything));

    private static Gen<string> NameOf(int length) =>
        Gen.Elements<char>(NameCharacters).ArrayOf(length).Select(characters => new string(characters).Trim('-').PadRight(3, 'a'));

    private static string Edit(string text, int at, int kind, char character) => kind switch
    {
        0 => text.Insert(at, character.ToString()),
        1 when at < text.Length => text.Remove(at, 1),
        2 when at < text.Length => text.Remove(at, 1).Insert(at, character.ToString()),
        _ => text,
    };

    private static byte[] Edit(byte[] bytes, int at, int length, int kind, byte[] junk)
    {
        byte[] before = bytes[..at];
        byte[] range = bytes[at..Math.Min(at + length, bytes.Length)];
        byte[] after = bytes[(at + range.Length)..];
        return kind switch
        {
            0 => [.. before, .. after],
            1 => [.. before, .. junk, .. after],
            2 => [.. before, .. junk, .. range, .. after],
            _ => [.. before, .. range, .. range, .. after],
        };
    }
}
