using System;
using System.IO;
using System.Linq;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Endpoints;

public sealed class KnownRegionsTests
{
    [Fact]
    public void The_table_has_a_header_with_its_source_and_a_cell_for_each_column()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("src/Endpoints/regions.tsv"));
        string[] rows = [.. lines.SkipWhile(line => line[0] == '#')];

        Assert.Matches("^# .*Regions and endpoints.*copy of [A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4}[.]", lines[0]);
        Assert.Equal("region\tplace\tpublic\tinternal\tdual-stack\tother\tnote", rows[0]);
        Assert.All(rows, row => Assert.Equal(7, row.Split('\t').Length));
        Assert.All(rows, row => Assert.All(row.Split('\t'), cell => Assert.Equal(cell.Trim(), cell)));
        Assert.Equal(rows.Length - 1, KnownRegions.All.Count());
        Assert.InRange(KnownRegions.All.Count(), 38, 200);
    }

    [Fact]
    public void Each_host_in_the_table_has_the_region_and_type_of_its_cell()
    {
        string[] hosts = [.. KnownRegions.All.SelectMany(known => known.Hosts)];

        Assert.Equal(hosts.Distinct(), hosts);
        Assert.All(KnownRegions.All, known => Assert.All(
            known.Hosts, host => Assert.Equal((known.Id, false), (OssHostName.Parse(host)?.Region, OssHostName.Parse(host)?.NamesBucket))));
        Assert.All(KnownRegions.All, known => Assert.All(
            known.Types, type => Assert.Equal(type, OssHostName.Parse(known.HostOf(type)!)?.Type)));
    }

    [Theory]
    [InlineData("cn-hangzhou", "cn-hangzhou")]
    [InlineData("cn-hzfinance", "cn-hangzhou-finance")]
    [InlineData("cn-hzjbp-a", "cn-hangzhou-finance")]
    [InlineData("cn-hzjbp-b", "cn-hangzhou-finance")]
    [InlineData("cn-szfinance", "cn-shenzhen-finance-1")]
    [InlineData("cn-shanghai-finance", "cn-shanghai-finance-1")]
    [InlineData("cn-shanghai-finance-1-pub", "cn-shanghai-finance-1")]
    [InlineData("cn-beijing-finance-1-pub", "cn-beijing-finance-1")]
    [InlineData("xx-not-open-yet-9", "xx-not-open-yet-9")]
    public void The_region_of_a_host_is_read_from_its_name(string name, string id)
    {
        Assert.Equal(id, KnownRegions.IdOf(name));
    }

    [Fact]
    public void Regions_that_are_closing_down_have_a_note()
    {
        Assert.Equal(
            ["cn-fuzhou", "cn-nanjing"],
            KnownRegions.All.Where(known => known.Note == "closing down").Select(known => known.Id));
    }

    [Fact]
    public void Each_row_is_a_region_with_a_place_sorted_by_id()
    {
        Assert.All(KnownRegions.All, known => Assert.Equal(known.Id, OssRegion.Parse(known.Id)));
        Assert.All(KnownRegions.All, known => Assert.NotEmpty(known.Place));
        Assert.Equal(
            KnownRegions.All.Select(known => known.Id).Distinct().Order(StringComparer.Ordinal),
            KnownRegions.All.Select(known => known.Id));
    }

    [Theory]
    [InlineData("cn-hangzou", "cn-hangzhou (Hangzhou)")]
    [InlineData("cn-hanghzou", "cn-hangzhou (Hangzhou)")]
    [InlineData("hangzhou", "cn-hangzhou (Hangzhou)")]
    [InlineData("hangzou", "cn-hangzhou (Hangzhou)")]
    [InlineData("cn_hangzhou", "cn-hangzhou (Hangzhou)")]
    [InlineData("cnhangzhou", "cn-hangzhou (Hangzhou)")]
    [InlineData("CN Hangzhou", "cn-hangzhou (Hangzhou)")]
    [InlineData("beijin", "cn-beijing (Beijing)")]
    [InlineData("Singapore", "ap-southeast-1 (Singapore)")]
    [InlineData("kuala-lumpur", "ap-southeast-3 (Kuala Lumpur)")]
    [InlineData("tokio", "ap-northeast-1 (Tokyo)")]
    [InlineData("us-west-2", "us-west-1 (Silicon Valley)")]
    [InlineData("hangzhou-finance", "cn-hangzhou-finance (Hangzhou, finance)")]
    [InlineData("cn-wuhan", "cn-wuhan-lr (Wuhan)")]
    public void A_misspelled_region_gets_a_suggestion(string text, string meant)
    {
        Assert.Equal($"Did you mean {meant}?", KnownRegions.Suggest(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c")]
    [InlineData("cn")]
    [InlineData("ap-southeast-2")]
    [InlineData("xx-not-open-yet-9")]
    [InlineData("cn-hangzhou-internal")]
    [InlineData("accelerate")]
    [InlineData("evil.example")]
    [InlineData("\u0000\uD800")]
    public void Nothing_is_suggested_if_no_region_or_several_are_near(string text)
    {
        Assert.Empty(KnownRegions.Suggest(text));
    }

    [Fact]
    public void A_known_region_gets_no_suggestion()
    {
        Assert.All(KnownRegions.All, known => Assert.Empty(KnownRegions.Suggest(known.Id)));
    }

    [Fact]
    public void A_text_of_any_length_is_accepted()
    {
        Assert.Empty(KnownRegions.Suggest(new string('x', 100_000)));
    }
}
