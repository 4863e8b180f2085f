using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace OssPayment.Tests.Models;

public sealed class QoSChangesTests
{
    private static readonly QoSConfiguration Present = new QoSChanges
    {
        ["TotalUploadBandwidth"] = 1,
        ["IntranetUploadBandwidth"] = 2,
        ["ExtranetUploadBandwidth"] = 3,
        ["TotalDownloadBandwidth"] = 4,
        ["IntranetDownloadBandwidth"] = 5,
        ["ExtranetDownloadBandwidth"] = 6,
        ["TotalQps"] = 7,
        ["IntranetQps"] = 8,
        ["ExtranetQps"] = 9,
    }.AppliedTo(QoSConfiguration.Unlimited);

    [Fact]
    public void Unnamed_limits_keep_their_current_value()
    {
        Assert.Equal(Limits(Present), Limits(new QoSChanges().AppliedTo(Present)));
    }

    [Fact]
    public void Each_specified_limit_gets_its_own_value()
    {
        var changes = new QoSChanges
        {
            ["TotalUploadBandwidth"] = 11,
            ["IntranetUploadBandwidth"] = 12,
            ["ExtranetUploadBandwidth"] = 13,
            ["TotalDownloadBandwidth"] = 14,
            ["IntranetDownloadBandwidth"] = 15,
            ["ExtranetDownloadBandwidth"] = 16,
            ["TotalQps"] = 17,
            ["IntranetQps"] = 0,
            ["ExtranetQps"] = -1,
        };

        Assert.Equal(
            (IEnumerable<(string, long)>)
            [
                ("TotalUploadBandwidth", 11), ("IntranetUploadBandwidth", 12), ("ExtranetUploadBandwidth", 13),
                ("TotalDownloadBandwidth", 14), ("IntranetDownloadBandwidth", 15), ("ExtranetDownloadBandwidth", 16),
                ("TotalQps", 17), ("IntranetQps", 0), ("ExtranetQps", -1),
            ],
            Limits(changes.AppliedTo(Present)));
    }

    [Fact]
    public void Any_single_limit_counts_as_a_change()
    {
        Assert.True(new QoSChanges().IsEmpty);
        Assert.All(
            [
                new QoSChanges { ["TotalUploadBandwidth"] = -1 }, new QoSChanges { ["IntranetUploadBandwidth"] = 0 }, new QoSChanges { ["ExtranetUploadBandwidth"] = 5 },
                new QoSChanges { ["TotalDownloadBandwidth"] = -1 }, new QoSChanges { ["IntranetDownloadBandwidth"] = 0 }, new QoSChanges { ["ExtranetDownloadBandwidth"] = 5 },
                new QoSChanges { ["TotalQps"] = -1 }, new QoSChanges { ["IntranetQps"] = 0 }, new QoSChanges { ["ExtranetQps"] = 1 },
            ],
            changes => Assert.False(changes.IsEmpty));
    }

    [Fact]
    public void Only_changed_limits_are_described()
    {
        var changes = new QoSChanges { ["TotalUploadBandwidth"] = -1, ["IntranetUploadBandwidth"] = 2, ["ExtranetUploadBandwidth"] = 0, ["TotalQps"] = 70 };

        Assert.Equal(
            "set TotalUploadBandwidth from 1 to unlimited, ExtranetUploadBandwidth from 3 to forbidden, TotalQps from 7 to 70",
            changes.Describe(Present));
        Assert.Equal(
            "change nothing (the limits already have these values)",
            new QoSChanges { ["IntranetUploadBandwidth"] = 2 }.Describe(Present));
    }

    [Fact]
    public void Limits_that_already_have_these_values_change_nothing()
    {
        Assert.True(new QoSChanges { ["TotalUploadBandwidth"] = 1, ["ExtranetQps"] = 9 }.ChangeNothing(Present));
        Assert.True(new QoSChanges { ["TotalQps"] = -1 }.ChangeNothing(QoSConfiguration.Unlimited));
        Assert.False(new QoSChanges { ["TotalUploadBandwidth"] = 1, ["ExtranetQps"] = 8 }.ChangeNothing(Present));
    }

    private static IEnumerable<(string Name, long Value)> Limits(QoSConfiguration configuration) =>
        QoSLimits.All.Select(name => (name, configuration.Get(name)));

    [Fact]
    public void Arguments_that_are_pasted_do_not_depend_on_the_culture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.Equal(" -TotalQps -1", new QoSChanges { ["TotalQps"] = -1 }.ToArguments());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
