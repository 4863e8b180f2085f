using System;
using System.Text;
using OssPayment.Operations;
using OssPayment.Xml;
using Xunit;

namespace OssPayment.Tests.Models;

public sealed class QoSConfigurationTests
{
    private const string SixBandwidths =
        "<TotalUploadBandwidth>10</TotalUploadBandwidth><IntranetUploadBandwidth>-1</IntranetUploadBandwidth>"
        + "<ExtranetUploadBandwidth>-1</ExtranetUploadBandwidth><TotalDownloadBandwidth>10</TotalDownloadBandwidth>"
        + "<IntranetDownloadBandwidth>-1</IntranetDownloadBandwidth><ExtranetDownloadBandwidth>-1</ExtranetDownloadBandwidth>";

    [Fact]
    public void Received_elements_are_sent_back_in_order_with_the_named_limit_changed()
    {
        string came = SixBandwidths.Replace("<Total", "<Group>g 1</Group><Total", StringComparison.Ordinal)
            + "<TotalQps>3000000000</TotalQps><Burst unit=\"s\"><Up>1</Up><Up>2</Up></Burst><IntranetQps> 7 </IntranetQps>";

        Assert.Equal(
            came.Replace("<TotalQps>3000000000", "<TotalQps>5", StringComparison.Ordinal),
            Sent(came, new QoSChanges { ["TotalQps"] = 5, ["IntranetQps"] = 7 }));
    }

    [Fact]
    public void Bandwidths_that_are_missing_are_sent_as_unlimited()
    {
        Assert.Equal(
            SixBandwidths.Replace(">10<", ">-1<", StringComparison.Ordinal),
            Sent("<ExtranetUploadBandwidth>-1</ExtranetUploadBandwidth>", new QoSChanges()));
    }

    [Theory]
    [InlineData("TotalDownloadBandwidth", 100, "")]
    [InlineData("TotalDownloadBandwidth", -1, "")]
    [InlineData("TotalDownloadBandwidth", 101, "TotalDownloadBandwidth 101 Gbit/s is above TotalDownloadBandwidth 100 Gbit/s")]
    [InlineData("IntranetDownloadBandwidth", 101, "IntranetDownloadBandwidth 101 Gbit/s is above TotalDownloadBandwidth 100 Gbit/s")]
    [InlineData("ExtranetDownloadBandwidth", 1, "ExtranetDownloadBandwidth 1 Gbit/s is above ExtranetDownloadBandwidth forbidden")]
    [InlineData("ExtranetQps", 8, "ExtranetQps 8 requests/s is above TotalQps 7 requests/s")]
    [InlineData("TotalUploadBandwidth", 1000000, "")]
    public void Limits_above_a_ceiling_are_named(string limit, long value, string exceeded)
    {
        QoSConfiguration ceiling = new QoSChanges
        {
            ["TotalDownloadBandwidth"] = 100,
            ["ExtranetDownloadBandwidth"] = 0,
            ["TotalQps"] = 7,
        }.AppliedTo(QoSConfiguration.Unlimited);

        Assert.Equal(
            exceeded,
            new QoSChanges { [limit] = value }.AppliedTo(QoSConfiguration.Unlimited).DescribeExceeded(ceiling));
    }

    [Theory]
    [InlineData(-1, "")]
    [InlineData(0, "<TotalQps>0</TotalQps>")]
    [InlineData(100, "<TotalQps>100</TotalQps>")]
    public void A_request_rate_that_was_missing_is_sent_only_if_it_is_limited(long named, string sent)
    {
        Assert.Equal(SixBandwidths + sent, Sent(SixBandwidths, new QoSChanges { ["TotalQps"] = named }));
    }

    [Fact]
    public void A_received_request_rate_is_sent_as_unlimited()
    {
        Assert.Equal(
            SixBandwidths + "<TotalQps>-1</TotalQps>",
            Sent(SixBandwidths + "<TotalQps>9</TotalQps>", new QoSChanges { ["TotalQps"] = -1 }));
    }

    private static string Sent(string came, QoSChanges changes)
    {
        OssElement element = XmlDocumentReader.Read(Encoding.UTF8.GetBytes($"<QoSConfiguration>{came}</QoSConfiguration>"));
        QoSConfiguration changed = changes.AppliedTo(QoSConfigurationXml.Read(element));
        string sent = Encoding.UTF8.GetString(XmlDocumentWriter.Write(changed.Element));
        return sent.Replace("<QoSConfiguration>", "", StringComparison.Ordinal)
            .Replace("</QoSConfiguration>", "", StringComparison.Ordinal);
    }
}
