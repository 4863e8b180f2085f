using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using OssPayment.Operations;
using OssPayment.Xml;
using Xunit;

namespace OssPayment.Tests.Fuzz;

/// <summary>Everything in a <c>QoSConfiguration</c> is sent back, except for the named limits.</summary>
public sealed class QoSConfigurationFuzz(ITestOutputHelper output)
{
    private static readonly Gen<long> Limit =
        Gen.OneOf(Gen.Elements(-1L, 0L, 5L, long.MaxValue), Gen.Choose(1, int.MaxValue).Select(number => (long)number));

    /// <summary>Text that XML can carry. White space by itself is not kept: it may be indentation.</summary>
    private static readonly Gen<string> Text =
        Any.Text.Select(text => new string([.. text.Where(c => !char.IsSurrogate(c) && XmlConvert.IsXmlChar(c))]))
            .Select(text => string.IsNullOrWhiteSpace(text) ? "" : text);

    private static readonly Gen<string> UnknownName = Gen.Elements("Group", "Burst", "totalQps", "NewBandwidth", "区域", "_x-1.y");

    private static readonly Gen<XElement> Leaf =
        from name in UnknownName
        from text in Text
        from attribute in Gen.Elements(null, new XAttribute("unit", "a<b>\"\n&"), new XAttribute("v", ""))
        select new XElement(name, attribute is null ? null : new XAttribute(attribute), text);

    private static readonly Gen<XElement> Unknown = Gen.OneOf(
        Leaf,
        from name in UnknownName
        from children in Leaf.ListOf()
        select new XElement(name, children));

    private static readonly Gen<XElement[]> Known =
        from names in Gen.SubListOf(QoSLimits.All.ToArray())
        from limits in Limit.ArrayOf(names.Count)
        select names.Zip(limits, (name, limit) => new XElement(name, limit)).ToArray();

    private static readonly Gen<QoSChanges> Changes =
        from names in Gen.SubListOf(QoSLimits.All.ToArray())
        from limits in Limit.ArrayOf(names.Count)
        select names.Zip(limits).Aggregate(new QoSChanges(), (changes, pair) =>
        {
            changes[pair.First] = pair.Second;
            return changes;
        });

    private static readonly Gen<Input> Inputs =
        from known in Known
        from unknown in Unknown.ListOf()
        from elements in Gen.Shuffle([.. known, .. unknown])
        from changes in Changes
        select new Input(new XElement("QoSConfiguration", elements), changes);

    [Fact]
    public void Everything_except_the_named_limits_is_sent_back_unchanged() => Fuzzer.Check(output, Inputs, 500, input =>
    {
        QoSConfiguration came = QoSConfigurationXml.Read(XmlDocumentReader.Read(Serialize(input.Came)));
        byte[] sent = XmlDocumentWriter.Write(input.Changes.AppliedTo(came).Element);
        List<XElement> after = [.. XElement.Load(new MemoryStream(sent), LoadOptions.PreserveWhitespace).Elements()];

        foreach (string limit in QoSLimits.All)
        {
            XElement? element = after.SingleOrDefault(element => element.Name == limit);
            long value = input.Changes[limit] ?? came.Get(limit);
            Assert.Equal(value, element is null ? -1 : (long)element);
            Assert.True(element is not null || (!QoSLimits.IsBandwidth(limit) && value == -1), limit);
        }

        HashSet<string> names = [.. input.Came.Elements().Select(element => element.Name.LocalName)];
        Assert.Equal(
            input.Came.Elements().Select(element => Shown(element, input.Changes)),
            after.Where(element => names.Contains(element.Name.LocalName)).Select(element => Shown(element, input.Changes)));
    });

    /// <summary>The whole element; for a limit that is named, only its place.</summary>
    private static string Shown(XElement element, QoSChanges changes) =>
        QoSLimits.All.Contains(element.Name.LocalName) && changes[element.Name.LocalName] is not null
            ? element.Name.LocalName
            : Encoding.UTF8.GetString(Serialize(element));

    private static byte[] Serialize(XElement element)
    {
        foreach (XElement empty in element.DescendantsAndSelf().Where(one => one.IsEmpty))
        {
            empty.Value = "";
        }

        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new()
        {
            NewLineHandling = NewLineHandling.Entitize,
            Encoding = new UTF8Encoding(false),
        }))
        {
            element.Save(writer);
        }

        return stream.ToArray();
    }

    private sealed record Input(XElement Came, QoSChanges Changes)
    {
        public override string ToString() => $"{Came} {Changes.ToArguments()}";
    }
}
