using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OssPayment.Completion;

/// <summary>Completions as they are put on the command line.</summary>
internal static class Completions
{
    private static readonly char[] Quotes = ['\'', '"'];

    /// <summary>The completions of a word, and none if they cannot be determined.</summary>
    /// <param name="wordToComplete">What was typed so far.</param>
    /// <param name="complete">Returns texts and tooltips for the word, which is without quotes.</param>
    internal static IEnumerable<CompletionResult> Of(
        string wordToComplete, Func<string, IEnumerable<(string Text, string ToolTip)>> complete)
    {
        try
        {
            return
            [
                .. complete(wordToComplete.Trim(Quotes)).Select(found => new CompletionResult(
                    Quote(found.Text), found.Text, CompletionResultType.ParameterValue, found.ToolTip)),
            ];
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>In single quotes, unless PowerShell reads the word as this very text without them.</summary>
    private static string Quote(string text)
    {
        ScriptBlockAst script = Parser.ParseInput($"command {text}", out _, out ParseError[] errors);
        bool isPlain = errors.Length == 0
            && script.EndBlock.Statements[0] is PipelineAst pipeline
            && pipeline.PipelineElements[0] is CommandAst { CommandElements: { Count: 2 } elements }
            && elements[1] is ConstantExpressionAst { Value: { } value }
            && Convert.ToString(value, CultureInfo.InvariantCulture) == text;
        return isPlain ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
    }
}
