using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OssPayment.Parameters;

/// <summary>Completes region ids. Any other region is accepted too: Alibaba Cloud opens new ones.</summary>
public sealed class RegionCompleter : IArgumentCompleter
{
    private static readonly string[] Regions =
    [
        "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-3", "ap-southeast-5", "ap-southeast-6",
        "ap-southeast-7", "cn-beijing", "cn-chengdu", "cn-fuzhou", "cn-guangzhou", "cn-hangzhou", "cn-heyuan",
        "cn-hongkong", "cn-huhehaote", "cn-nanjing", "cn-qingdao", "cn-shanghai", "cn-shenzhen", "cn-wuhan-lr",
        "cn-wulanchabu", "cn-zhangjiakou", "eu-central-1", "eu-west-1", "me-central-1", "me-east-1", "na-south-1",
        "us-east-1", "us-west-1",
    ];

    /// <summary>The regions that begin with what was typed.</summary>
    /// <param name="commandName">The cmdlet.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What was typed so far.</param>
    /// <param name="commandAst">The command as it was typed.</param>
    /// <param name="fakeBoundParameters">The other parameters.</param>
    /// <returns>A completion for each region.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        return Regions
            .Concat(word.Length > 0 ? Regions.Select(region => "oss-" + region) : [])
            .Where(region => region.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(region => new CompletionResult(region));
    }
}
