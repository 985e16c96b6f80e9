using System.Text;
using Acornima;
using Acornima.Ast;

namespace Ocap.Vats.ErrorWords;

/// <summary>How V8 prints the expression that an error is about: names and properties as they stand, calls as <c>f(...)</c>, most else as an intermediate value.</summary>
internal static class CallPrinter
{
    private const string Intermediate = "(intermediate value)";
    private const int Deepest = 200;

    internal static string Print(Node expression)
    {
        var text = new StringBuilder();
        Print(text, expression, 0);
        return text.ToString();
    }

    private static void Print(StringBuilder text, Node? node, int depth)
    {
        if (depth > Deepest)
        {
            text.Append(Intermediate);
            return;
        }
        switch (node is Expression expression ? KeptOperands.Written(WaitingHeads.Written(expression)) : node)
        {
            case Identifier identifier: text.Append(identifier.Name); break;
            case PrivateIdentifier name: text.Append('#').Append(name.Name); break;
            case ThisExpression: text.Append("this"); break;
            case StringLiteral literal: text.Append('"').Append(literal.Value).Append('"'); break;
            case RegExpLiteral literal: text.Append(literal.Raw); break;
            case BigIntLiteral literal: text.Append(literal.Raw); break;
            case NumericLiteral literal: text.Append(Jint.Native.JsNumber.Create(literal.Value)); break;
            case Literal literal: text.Append(literal.Raw); break;
            case TemplateLiteral template: Print(text, template, depth); break;
            case MemberExpression member: Print(text, member, depth); break;
            case ChainExpression chain: Print(text, chain.Expression, depth + 1); break;
            case ParenthesizedExpression inner: Print(text, inner.Expression, depth + 1); break;
            case CallExpression { Callee: Super }: text.Append("super(...)"); break;
            case CallExpression call: Print(text, call.Callee, depth + 1); text.Append("(...)"); break;
            case TaggedTemplateExpression call: Print(text, call.Tag, depth + 1); text.Append("(...)"); break;
            case ImportExpression: text.Append("import(...)"); break;
            case ArrayExpression array: Print(text, array, depth); break;
            case ObjectExpression literal: Print(text, literal, depth); break;
            case UpdateExpression update: Print(text, update, depth); break;
            case UnaryExpression unary: Print(text, unary, depth); break;
            case BinaryExpression binary: Print(text, binary, depth); break;
            case SequenceExpression sequence: Print(text, sequence, depth); break;
            case AssignmentExpression { Operator: Operator.Assignment, Left: Identifier left }: text.Append(left.Name); break;
            case ConditionalExpression: text.Append(Intermediate).Append(Intermediate).Append(Intermediate); break;
            case SpreadElement spread: text.Append("..."); Print(text, spread.Argument, depth + 1); break;
            default: text.Append(Intermediate); break;
        }
    }

    private static void Print(StringBuilder text, MemberExpression member, int depth)
    {
        if (member.Object is Super) text.Append(Intermediate);
        else Print(text, member.Object, depth + 1);
        switch (member)
        {
            case { Computed: true, Property: StringLiteral key }: text.Append(member.Optional ? "?." : ".").Append(key.Value); break;
            case { Computed: true, Property: TemplateLiteral { Expressions.Count: 0, Quasis: [var key] } }: text.Append(member.Optional ? "?." : ".").Append(key.Value.Cooked); break;
            case { Computed: true }:
                text.Append(member.Optional ? "?.[" : "[");
                Print(text, member.Property, depth + 1);
                text.Append(']');
                break;
            default:
                text.Append(member.Optional ? "?." : ".");
                Print(text, member.Property, depth + 1);
                break;
        }
    }

    private static void Print(StringBuilder text, TemplateLiteral template, int depth)
    {
        if (template is { Expressions.Count: 0, Quasis: [var only] }) text.Append('"').Append(only.Value.Cooked).Append('"');
        else foreach (var part in template.Expressions) Print(text, part, depth + 1);
    }

    private static void Print(StringBuilder text, ArrayExpression array, int depth)
    {
        text.Append('[');
        for (int i = 0; i < array.Elements.Count; i++)
        {
            if (i > 0) text.Append(',');
            if (array.Elements[i] is { } element) Print(text, element, depth + 1);
        }
        text.Append(']');
    }

    private static void Print(StringBuilder text, ObjectExpression literal, int depth)
    {
        text.Append('{');
        foreach (var property in literal.Properties)
        {
            Node? value = property is Property { Value: var own } ? own : property;
            if (value is Literal or TemplateLiteral { Expressions.Count: 0 }) text.Append(Intermediate);
            else Print(text, value, depth + 1);
        }
        text.Append('}');
    }

    private static void Print(StringBuilder text, UnaryExpression unary, int depth)
    {
        string sign = unary.Operator switch
        {
            Operator.UnaryPlus => "+",
            Operator.UnaryNegation => "-",
            Operator.LogicalNot => "!",
            Operator.BitwiseNot => "~",
            Operator.TypeOf => "typeof ",
            Operator.Void => "void ",
            Operator.Delete => "delete ",
            _ => "",
        };
        // A negative number is a literal to V8.
        if (unary is { Operator: Operator.UnaryNegation, Argument: NumericLiteral number })
        {
            text.Append('-').Append(Jint.Native.JsNumber.Create(number.Value));
            return;
        }
        text.Append('(').Append(sign);
        Print(text, unary.Argument, depth + 1);
        text.Append(')');
    }

    private static void Print(StringBuilder text, UpdateExpression update, int depth)
    {
        string sign = update.Operator == Operator.Increment ? "++" : "--";
        text.Append('(');
        if (update.Prefix) text.Append(sign);
        Print(text, update.Argument, depth + 1);
        if (!update.Prefix) text.Append(sign);
        text.Append(')');
    }

    private static void Print(StringBuilder text, BinaryExpression binary, int depth)
    {
        text.Append('(');
        Print(text, binary.Left, depth + 1);
        text.Append(' ').Append(Sign(binary.Operator)).Append(' ');
        Print(text, binary.Right, depth + 1);
        text.Append(')');
    }

    private static void Print(StringBuilder text, SequenceExpression sequence, int depth)
    {
        text.Append('(');
        for (int i = 0; i < sequence.Expressions.Count; i++)
        {
            if (i > 0) text.Append(" , ");
            Print(text, sequence.Expressions[i], depth + 1);
        }
        text.Append(')');
    }

    private static string Sign(Operator sign) => sign switch
    {
        Operator.LogicalOr => "||",
        Operator.LogicalAnd => "&&",
        Operator.NullishCoalescing => "??",
        Operator.BitwiseOr => "|",
        Operator.BitwiseXor => "^",
        Operator.BitwiseAnd => "&",
        Operator.Equality => "==",
        Operator.Inequality => "!=",
        Operator.StrictEquality => "===",
        Operator.StrictInequality => "!==",
        Operator.LessThan => "<",
        Operator.LessThanOrEqual => "<=",
        Operator.GreaterThan => ">",
        Operator.GreaterThanOrEqual => ">=",
        Operator.In => "in",
        Operator.InstanceOf => "instanceof",
        Operator.LeftShift => "<<",
        Operator.RightShift => ">>",
        Operator.UnsignedRightShift => ">>>",
        Operator.Addition => "+",
        Operator.Subtraction => "-",
        Operator.Multiplication => "*",
        Operator.Division => "/",
        Operator.Remainder => "%",
        Operator.Exponentiation => "**",
        _ => "?",
    };
}
