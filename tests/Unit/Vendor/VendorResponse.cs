using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;

namespace OssPayment.Tests.Vendor;

/// <summary>A response as the vendor documents it: a file in <c>responses/</c>, and its row in the index.</summary>
internal sealed record VendorResponse(string File, string Operation, int Status, string Source)
{
    internal const string Error = "Error";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static readonly string Folder = Repository.PathOf("tests", "Unit", "Vendor", "responses");

    internal static IReadOnlyList<VendorResponse> All { get; } = JsonSerializer.Deserialize<VendorResponse[]>(
        System.IO.File.ReadAllText(Path.Combine(Folder, "index.json")), Json)!;

    internal string Text => System.IO.File.ReadAllText(Path.Combine(Folder, File));

    internal XElement Root => XDocument.Parse(Text).Root!;

    internal static VendorResponse Find(string file) => All.Single(response => response.File == file);

    /// <summary>The paths of the elements, each once, in the order in which they first appear.</summary>
    internal static string[] Shape(XElement root) =>
    [
        .. root.DescendantsAndSelf()
            .Select(element => string.Join(
                '/', element.AncestorsAndSelf().Reverse().Select(ancestor => ancestor.Name.LocalName)))
            .Distinct(),
    ];
}
